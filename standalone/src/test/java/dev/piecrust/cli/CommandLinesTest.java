package dev.piecrust.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.cli.terminal.Terminal;
import dev.piecrust.embedded.Home;
import dev.piecrust.reference.ConfigurationPage;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandLinesTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void namesTheLineOfABrokenSpec() throws IOException {
    Path spec = folder.resolve("bad.yaml");
    Files.writeString(spec, "name: x\nsubject: {model: ., transcoder: .}\ntasks: [{kind: iio}]\n");
    assertThat(run("run", spec.toString())).isEqualTo(2);
    assertThat(errors()).startsWith("piecrust: " + spec + ":3:").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t}~train: {corpus: c.txt} | model}~tasks: [{kind: ioi}] | trains nothing, expected train",
        "c.txt} | c.txt}~tasks: [{kind: ioi}] | has tasks, expected none",
        "model: model | model: nowhere | subject.model: there is no FOLDER/nowhere, expected a"
            + " folder",
        "c.txt | none.txt | train.corpus: there is no FOLDER/none.txt, expected a file",
      })
  void saysWhyASpecCannotBeTrained(String usual, String bad, String sentence) throws IOException {
    Files.createDirectory(folder.resolve("model"));
    Files.writeString(folder.resolve("c.txt"), "a text\n");
    String good = "name: x\nsubject: {model: model, transcoder: t}\ntrain: {corpus: c.txt}\n";
    Path spec = folder.resolve("own.yaml");
    Files.writeString(spec, good.replace(usual.replace('~', '\n'), bad.replace('~', '\n')));
    Path out = folder.resolve("out");
    assertThat(run("train", spec.toString(), "--out", out.toString())).isEqualTo(2);
    assertThat(errors()).contains(sentence.replace("FOLDER", folder.toString()));
    assertThat(errors().lines()).hasSize(1);
    assertThat(out).doesNotExist();
  }

  @Test
  void refusesASpecThatIsNotUtf8() throws IOException {
    Path spec = folder.resolve("latin.yaml");
    Files.write(spec, "name: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    for (String command : List.of("run", "estimate")) {
      err.reset();
      assertThat(run(command, spec.toString())).isEqualTo(2);
      assertThat(errors())
          .isEqualTo(
              "piecrust: %s: is not a text in UTF-8, expected a campaign spec%n".formatted(spec));
    }
  }

  @Test
  void quotesNoWordsOfTheReaderOfDescriptions() throws IOException {
    Path known = Files.writeString(folder.resolve("known.json"), "{\"8\":\n oops}");
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        """
        name: x
        subject: {model: ., transcoder: .}
        tasks: [{kind: ioi}]
        interpret: {corpus: {published: .}, llm: {provider: lexical}, descriptions: {path: %s}}
        """
            .formatted(known));
    assertThat(run("run", spec.toString())).isEqualTo(2);
    assertThat(errors())
        .contains("descriptions " + known + ": is not valid JSON at line 2, column 2, expected")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"doctor", "estimate"})
  void namesAllThatCannotBeReadAtOnce(String command) throws IOException {
    Path known = Files.writeString(folder.resolve("known.json"), "{\"8\":\n oops}");
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec,
        """
        name: x
        subject: {model: ., transcoder: .}
        tasks: [{kind: ioi}]
        interpret: {corpus: {published: .}, llm: {provider: lexical}, descriptions: {path: %s}}
        """
            .formatted(known));
    assertThat(run(command, spec.toString())).isEqualTo(2);
    assertThat(errors())
        .contains("interpret.descriptions.path: descriptions " + known + ": is not valid JSON")
        .contains("config.json")
        .contains("published features " + folder + ": has no index.json.gz")
        .hasLineCount(3);
  }

  /** These tests run where the environment names no installation. */
  @Test
  void keepsNoSchedulesWithoutAServer() throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(spec, "name: x\nsubject: {model: ., transcoder: .}\ntasks: [{kind: ioi}]\n");
    for (List<String> command :
        List.of(
            List.of("schedule", spec.toString(), "--cron", "0 6 * * 1"),
            List.of("schedule", "list"),
            List.of("schedule", "delete", "x"))) {
      err.reset();
      assertThat(run(command.toArray(String[]::new))).isEqualTo(2);
      assertThat(errors())
          .startsWith(
              "piecrust: the program by itself keeps no schedules, expected an installation")
          .hasLineCount(1);
    }
  }

  @Test
  void saysWhatIsWrongWithAScheduleBeforeItIsMade() throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(spec, "name: x\nsubject: {model: ., transcoder: .}\ntasks: [{kind: ioi}]\n");
    assertThat(run("schedule", spec.toString())).isEqualTo(2);
    assertThat(errors()).contains("schedule has no --cron, expected './piecrust schedule SPEC");
    assertThat(run("schedule", spec.toString(), "--cron", "daily")).isEqualTo(2);
    assertThat(errors()).contains("cron is 'daily', expected minute, hour, day of the month");
    assertThat(run("schedule", spec.toString(), "--cron", "0 6 * * 1", "--timezone", "Europe/Bonn"))
        .isEqualTo(2);
    assertThat(errors()).contains("the time zone is 'Europe/Bonn', expected a name such as UTC");
    assertThat(run("schedule", spec.toString(), "--cron", "0 6 * * 1", "--name", "a".repeat(51)))
        .isEqualTo(2);
    assertThat(errors()).contains("expected up to 50 letters, digits");
  }

  @Test
  void saysThatASpecIsMissing() {
    assertThat(run("run", "none.yaml")).isEqualTo(2);
    assertThat(errors()).contains("none.yaml").contains("no such file");
  }

  @ParameterizedTest
  @CsvSource({"status", "watch", "cancel", "pause", "resume", "finish", "retry"})
  void saysThatACampaignIsUnknown(String command) {
    assertThat(run(command, "nix")).isEqualTo(2);
    assertThat(errors())
        .isEqualTo(
            "piecrust: there is no campaign 'nix', expected one that 'status' lists"
                + System.lineSeparator());
  }

  @Test
  void takesANameOrTheBeginningOfAnId() {
    create("ioi-1a2b3c4d", "ioi");
    create("ioi-long-5e6f7a8b", "ioi-long");
    create("docs-11111111", "docs");
    create("docs-12222222", "docs");
    assertThat(run("pause", "ioi-l")).isZero(); // the beginning of one id
    assertThat(run("pause", "ioi")).isZero(); // the name of one, though two ids begin so
    assertThat(run("pause", "docs-12222222")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(l -> l.split(" ")[1]))
        .containsExactly("ioi-long-5e6f7a8b", "ioi-1a2b3c4d", "docs-12222222");
  }

  @Test
  void namesTheCandidatesWhereAnIdIsAmbiguous() {
    create("docs-11111111", "docs");
    create("docs-12222222", "docs");
    assertThat(run("status", "docs")).isEqualTo(2);
    assertThat(errors())
        .startsWith("piecrust: 'docs' is the name of 2 campaigns, expected the id of one: ")
        .contains("docs-11111111", "docs-12222222");
    err.reset();
    assertThat(run("export", "docs-1", "--out", folder.toString())).isEqualTo(2);
    assertThat(errors()).startsWith("piecrust: 'docs-1' begins the ids of 2 campaigns, expected");
    err.reset();
    assertThat(run("compare", "docs-11111111", "docs-2")).isEqualTo(2);
    assertThat(errors()).contains("there is no campaign 'docs-2'");
  }

  @Test
  void groupsEveryCommandOnce() {
    assertThat(run("--help")).isZero();
    String help = out.toString(StandardCharsets.UTF_8);
    assertThat(help).contains("\nStart:", "\nCampaigns:", "\nResults:", "\nBenchmarks:");
    assertThat(commands().getSubcommands().keySet())
        .allSatisfy(name -> assertThat(help).containsOnlyOnce("\n  " + name + " "));
    String coloured = CommandGroups.in(commands()).getUsageMessage(CommandLine.Help.Ansi.ON);
    assertThat(coloured).containsPattern("demo\\S* +Runs the demo campaign");
  }

  @Test
  void describesEverythingInWholeSentences() {
    List<String> texts = new ArrayList<>();
    describe(commands(), texts);
    assertThat(texts)
        .hasSizeGreaterThan(80)
        .allSatisfy(text -> assertThat(text).matches("[\\p{L}'].*[.]"));
  }

  private CommandLine commands() {
    Terminal terminal = new Terminal(print(out), print(err), false);
    return new CommandLine(
        new Root(),
        new SessionFactory(
            new Session(terminal, () -> new Home(folder), List.of(), Optional.empty())));
  }

  private static void describe(CommandLine command, List<String> texts) {
    texts.addAll(paragraphs(command.getCommandSpec().usageMessage().description()));
    command
        .getCommandSpec()
        .args()
        .forEach(argument -> texts.addAll(paragraphs(argument.description())));
    command.getSubcommands().values().forEach(sub -> describe(sub, texts));
  }

  private static List<String> paragraphs(String... description) {
    return Stream.of(description).filter(text -> !text.isEmpty()).toList();
  }

  private void create(String id, String name) {
    try (Database database = new Home(folder).openDatabase()) {
      Stores.of(database)
          .campaigns()
          .create(
              id,
              new CampaignSpec(
                  name,
                  new SubjectSpec("/model", "/clt"),
                  List.of(new TaskSpec("ioi", TaskKind.IOI, 1, 7, Optional.empty())),
                  PruneSpec.defaults(),
                  LimitsSpec.defaults()));
    }
  }

  @ParameterizedTest
  @CsvSource({"five", "-1"})
  void saysWhatABudgetIs(String usd) {
    assertThat(run("budget", "nix", "--usd", usd)).isEqualTo(2);
    assertThat(errors())
        .isEqualTo(
            "piecrust: the budget is '%s', expected an amount in USD from 0 to 1000000000, such as 5.00%n"
                .formatted(usd));
  }

  @Test
  void asksForTheAmountOfABudget() {
    assertThat(run("budget", "nix")).isEqualTo(2);
    assertThat(errors()).contains("--usd");
    assertThat(run("budget", "nix", "--usd", "5")).isEqualTo(2);
    assertThat(errors()).contains("there is no campaign 'nix'");
  }

  @Test
  void namesTheFormatsOfAnExport() {
    assertThat(run("export", "nix", "--format", "xml", "--out", folder.toString())).isEqualTo(2);
    assertThat(errors()).contains("'xml'").contains("expected pie, csv, ");
  }

  @Test
  void suggestsTheNearestCommand() {
    assertThat(run("doctr")).isEqualTo(2);
    assertThat(errors()).contains("'doctr'").contains("did you mean 'doctor'?");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run("task", "ioi")).isEqualTo(2);
    assertThat(errors()).contains("--tokenizer").contains("piecrust task --help");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run | SPEC is missing, expected 'run SPEC' (see './piecrust run --help')",
        "run a.yaml b.yaml | 'b.yaml' is one argument too many, expected 'run SPEC'",
        "run a.yaml --yess | '--yess' is no option of run, expected one of",
        "run a.yaml --yess | did you mean '--yes'?",
        "run a.yaml --yes=maybe | --yes is 'maybe', expected it without a value",
        "budget x --usd | --usd or its value is missing, expected --usd X",
        "budget x --usd 1 --usd 2 | --usd is given twice, expected it once",
        "task verse --tokenizer x | the task 'verse' is not known, expected one of ioi, docstring,"
            + " greater-than",
        "task ioi --tokenizer x --n many | --n is 'many', expected a whole number",
        "task ioi --tokenizer x --n 0 | --n is 0, expected a whole number from 1 to 999999",
        "task ioi --tokenizer x --seed 1.5 | --seed is '1.5', expected a whole number",
        "serve --port http | --port is 'http', expected a whole number",
        "worker gpu --drain soon | --drain is 'soon', expected a whole number",
        "worker gpu --concurrency 5 | --concurrency is given with 'worker gpu', expected it with",
        "worker llm --device cpu | --device is given with 'worker llm', expected it with",
        "prices --import x --as-of today | --as-of is 'today', expected a day such as 2026-11-28",
        "bench fast | NAME is 'fast', expected one of prune, full-shape, llm, orchestration, web",
        "bench prune --shape tiny --repeats 0 | --repeats is 0, expected 1 or more",
        "bench web --campaigns 1 | --campaigns is 1, expected 2 or more",
        "bench load --readers 0 | --readers is 0, expected 1 or more",
        "bench orchestration --methods 99 | --methods is 99, expected a whole number from 1 to 12",
        "admin | admin has no command, expected one of",
      })
  void refusesArgumentsInItsOwnWords(String arguments, String complaint) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(errors())
        .startsWith("piecrust: ")
        .contains(complaint)
        .hasLineCount(1)
        .doesNotContainPattern("Invalid value|Missing required|Unmatched|Unknown|is not an int");
  }

  @Test
  void saysWhatCanBeFetched() {
    assertThat(run("fetch", "https://example.org/model")).isEqualTo(2);
    assertThat(errors())
        .isEqualTo(
            "piecrust: 'https://example.org/model' is no repository of the hub, expected"
                + " hf://ORG/REPO, hf://ORG/REPO@REVISION or hf://ORG/REPO//FOLDER@REVISION%n"
                    .formatted());
  }

  @Test
  void saysWhatItNeedsToWorkElsewhere() {
    assertThat(run("status", "--server", "http://lab.example.org")).isEqualTo(2);
    assertThat(errors()).contains("the server is 'http://lab.example.org', expected https://…");
    assertThat(run("cancel", "x", "--server", "not a url")).isEqualTo(2);
    assertThat(errors()).contains("the server is 'not a url'");
    assertThat(run("pause", "x", "--server", "https://lab.example.org")).isEqualTo(2);
    assertThat(errors()).contains("PIECRUST_API_TOKEN is not set, expected a token that https://");
  }

  @Test
  void saysWhatAWorkerNeeds() {
    assertThat(run("worker", "tpu")).isEqualTo(2);
    assertThat(errors()).contains("KIND is 'tpu', expected one of gpu, llm (see ");
    assertThat(run("worker", "gpu", "--drain", "-1")).isEqualTo(2);
    assertThat(errors()).contains("--drain is -1, expected 0 or more");
    assertThat(run("worker", "gpu")).isEqualTo(2);
    assertThat(errors()).contains("PIECRUST_DATABASE_URL is not set");
  }

  @Test
  void saysWhereItCanServe() {
    assertThat(run("serve", "--port", "65536")).isEqualTo(2);
    assertThat(errors()).contains("the port is 65536, expected a whole number from 0 to 65535");
    assertThat(run("serve", "--drain", "-1")).isEqualTo(2);
    assertThat(errors()).contains("--drain is -1, expected 0 or more");
  }

  @Test
  void measuresPruningAndPrintsWhatItFound() {
    assertThat(run("bench", "prune", "--shape", "tiny", "--json", "--dir", folder.toString()))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"bestGflops\":", "\"decoderRows\":", "\"forward\"", "\"measured\":");
    assertThat(errors()).contains("estimate: ");
  }

  @Test
  void prunesARandomModelInThePublishedLayout() {
    String shape = "llama-3.2-1b/32,prompts=2";
    assertThat(run("bench", "full-shape", "--shape", shape, "--dir", folder.toString())).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("write model", "write transcoder", "fidelity", "KL last", "memory");
    assertThat(errors()).contains("load encoders");
  }

  @Test
  void namesTheShapesOfABenchmark() {
    assertThat(run("bench", "prune", "--shape", "huge")).isEqualTo(2);
    assertThat(errors())
        .contains("'huge'")
        .contains("marker, qwen3-0.6b, gemma-3-1b, llama-3.2-1b, gemma-2-2b, llama-3.1-8b");
  }

  @Test
  void teachesWhereThereIsNothingYet() {
    assertThat(run("status")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("./piecrust demo");
  }

  @Test
  void listsNothingAsJson() {
    assertThat(run("status", "--json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo("[]");
  }

  @Test
  void helpsAndTellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("PieCrust 0.7.0");
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Exit status:").contains("doctor");
  }

  @Test
  void printsTheReferenceOfSpecsAndVariables() {
    assertThat(run("reference")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(ConfigurationPage.text());
  }

  @Test
  void listsPricesWithTheirDayAndSource() {
    assertThat(run("prices")).isZero();
    assertThat(lines("openai       gpt-6.1-terra "))
        .singleElement()
        .asString()
        .matches("openai .* 1 +0\\.05 +1\\.25 +5 +0\\.5 +0\\.5 +2 +20..-..-.. +developers.*");
    assertThat(lines("claude-opus-4 ")).singleElement().asString().endsWith("; old");
    assertThat(lines("o3-mini ")).singleElement().asString().contains("; openai's o3-mini was");
    assertThat(lines("prompts above 272,000 tokens")).isNotEmpty();
    out.reset();
    assertThat(run("prices", "--json")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("\"model\":\"gpt-6-luna\"", "\"asOf\":\"20", "\"source\":");
  }

  @Test
  void takesThePricesOfAList() throws IOException {
    Path list = folder.resolve("list.json");
    Files.writeString(
        list,
        """
        {"own": {"litellm_provider": "openai", "input_cost_per_token": 3e-6,
           "output_cost_per_token": 4e-6},
         "half": {"litellm_provider": "openai", "input_cost_per_token": 3e-6}}
        """);
    assertThat(run("prices", "--import", list.toString(), "--as-of", "2026-10-01")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "prices.json: 1", "entries that could not be used: 1", "half: has no output_cost");
    out.reset();
    assertThat(run("prices")).isZero();
    assertThat(lines("openai       own "))
        .singleElement()
        .asString()
        .contains(" 3 ", " 4 ", "2026-10-01", "LiteLLM's list");
    String before = Files.readString(folder.resolve("prices.json"));
    Files.writeString(list, "{\"own\": ");
    assertThat(run("prices", "--import", list.toString())).isEqualTo(2);
    assertThat(errors())
        .contains("list.json: is not valid JSON at line 1, column")
        .doesNotContain("\tat ");
    assertThat(folder.resolve("prices.json")).hasContent(before);
  }

  private List<String> lines(String part) {
    return out.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains(part)).toList();
  }

  private int run(String... arguments) {
    Terminal terminal = new Terminal(print(out), print(err), false);
    Session session =
        new Session(terminal, () -> new Home(folder), List.of(arguments), Optional.empty());
    return CommandLines.execute(session, arguments);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
