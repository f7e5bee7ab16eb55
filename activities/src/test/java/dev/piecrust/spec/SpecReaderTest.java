package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
  private static final String GOOD =
      """
      name: demo
      subject: {model: model, transcoder: clt}
      tasks: [{kind: ioi}]
      """;

  @TempDir Path folder;

  @BeforeEach
  void makeTheSubject() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(folder.resolve("clt"));
    Files.writeString(folder.resolve("pairs.jsonl"), "{}\n");
  }

  @Test
  void fillsInDefaultsAndMakesPathsAbsolute() {
    assertThat(parse(GOOD))
        .isEqualTo(
            new CampaignSpec(
                "demo",
                new SubjectSpec(at("model"), at("clt")),
                List.of(new TaskSpec("ioi", TaskKind.IOI, 100, 0, Optional.empty())),
                PruneSpec.defaults(),
                LimitsSpec.defaults()));
  }

  @Test
  void readsEveryKey() {
    CampaignSpec spec =
        parse(
            """
            name: all-keys
            subject:
              model: %s
              transcoder: ./clt
            tasks:
              - {kind: ioi, name: names, prompts: 20, seed: 7}
              - {kind: docstring, prompts: 5}
              - {kind: file, path: pairs.jsonl}
            prune:
              methods: [random, fap]
              budgets: [100, 50]
              corruption: zero
              metric: logsumexp
              scope: per_layer
              random: {seeds: 3}
              batch: 4
            limits: {failure_share: 0.5}
            """
                .formatted(at("model")));
    assertThat(spec)
        .isEqualTo(
            new CampaignSpec(
                "all-keys",
                new SubjectSpec(at("model"), at("clt")),
                List.of(
                    new TaskSpec("names", TaskKind.IOI, 20, 7, Optional.empty()),
                    new TaskSpec("docstring", TaskKind.DOCSTRING, 5, 0, Optional.empty()),
                    new TaskSpec("file", TaskKind.FILE, 100, 0, Optional.of(at("pairs.jsonl")))),
                new PruneSpec(
                    List.of(Method.RANDOM, Method.FAP),
                    List.of(50, 100),
                    Corruption.ZERO,
                    Metric.LOGSUMEXP,
                    Scope.PER_LAYER,
                    3,
                    4,
                    MethodSettings.defaults(),
                    PruneSpec.defaults().heldOut(),
                    true),
                new LimitsSpec(0.5)));
    assertThat(SpecReader.parse(SpecDocument.write(spec), Path.of("/elsewhere"), "copy"))
        .isEqualTo(spec);
  }

  @Test
  void takesRepositoriesOfTheHubWhereFoldersMayStand() {
    CampaignSpec spec =
        parse(
            """
            name: hub
            subject: {model: "hf://org/model", transcoder: "hf://org/clt@v1"}
            tasks: [{kind: ioi}]
            interpret:
              corpus: {published: "hf://org/clt@v1"}
              llm: {provider: lexical}
            """);
    assertThat(spec.subject()).isEqualTo(new SubjectSpec("hf://org/model", "hf://org/clt@v1"));
    assertThat(spec.subject().modelName()).isEqualTo("model");
    assertThat(spec.subject().transcoderName()).isEqualTo("clt");
    assertThat(spec.interpreting().corpus().published()).contains("hf://org/clt@v1");
    assertThat(SpecReader.parse(SpecDocument.write(spec), Path.of("/elsewhere"), "copy"))
        .isEqualTo(spec);
  }

  @Test
  void readsAFileAndResolvesAgainstItsFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("spec.yaml"), GOOD);
    assertThat(SpecReader.read(file)).isEqualTo(parse(GOOD));
  }

  @Test
  void reportsEverythingAtOnceInTheOrderOfTheFile() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    nmae: x
                    subject: {model: nowhere, transcoder: pairs.jsonl}
                    tasks:
                      - {kind: ioj, prompts: 0}
                      - {kind: file}
                      - {kind: ioi, path: pairs.jsonl, seed: -1}
                    prune:
                      methods: [fab, fap-swop, fap, fap]
                      budgets: [50, many, 50]
                      scope: [global]
                    limits: {failure_share: 2, usd: -5}
                    interpret: {}
                    """))
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER))
        .hasMessage(
            """
            spec.yaml:1:1: nmae: is no known key, expected one of name, subject, tasks, prune, interpret, evaluate, limits, train (did you mean 'name'?)
            spec.yaml:1:1: name: is missing, expected a name of up to 64 letters, digits, '.', '_' or '-'
            spec.yaml:2:18: subject.model: there is no %s, expected a folder
            spec.yaml:2:39: subject.transcoder: %s is a file, expected a folder
            spec.yaml:4:12: tasks[0].kind: 'ioj' is not known, expected one of ioi, docstring, greater-than, sva, sva-noun-pp, sva-rc, gendered-pronoun, capital-country, arithmetic, multiple-choice, file (did you mean 'ioi'?)
            spec.yaml:4:26: tasks[0].prompts: is '0', expected a whole number from 1 to 999999
            spec.yaml:5:5: tasks[1].path: is missing, expected a file of prompt pairs, one JSON object a line
            spec.yaml:6:23: tasks[2].path: is given with kind ioi, expected it with kind file alone
            spec.yaml:6:42: tasks[2].seed: is '-1', expected a whole number from 0 to 9223372036854775807
            spec.yaml:8:13: prune.methods: 'fab' is not known, expected one of fap, fap-synergy, fap-swap, fap-ig, fap-iterative, clt-relp, activation-magnitude, factp, acdc, random, circuit-swap, circuit-greedy (did you mean 'fap'?)
            spec.yaml:8:18: prune.methods: 'fap-swop' is not known, expected one of fap, fap-synergy, fap-swap, fap-ig, fap-iterative, clt-relp, activation-magnitude, factp, acdc, random, circuit-swap, circuit-greedy (did you mean 'fap-swap'?)
            spec.yaml:8:33: prune.methods: 'fap' is listed twice, expected once
            spec.yaml:9:17: prune.budgets: is 'many', expected a whole number from 1 to 2147483647
            spec.yaml:9:23: prune.budgets: '50' is listed twice, expected once
            spec.yaml:10:10: prune.scope: is a list, expected one of global, per_layer
            spec.yaml:11:25: limits.failure_share: is '2', expected a number from 0 to 1
            spec.yaml:11:33: limits.usd: is '-5', expected a number from 0 to 1000000000, in USD
            spec.yaml:12:12: interpret.corpus: is missing, expected {path: FILE}, or {published: FOLDER}
            spec.yaml:12:12: interpret.llm: is missing, expected {provider: …, model: …}\
            """
                .formatted(at("nowhere"), at("pairs.jsonl")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          ''|spec.yaml:1:1: spec: is empty, expected keys: name, subject, tasks, prune, interpret, evaluate, limits, train
          '# nothing'|spec.yaml:1:1: spec: is empty, expected keys: name, subject, tasks, prune, interpret, evaluate, limits, train
          '- a'|spec.yaml:1:1: spec: is a list, expected keys: name, subject, tasks, prune, interpret, evaluate, limits, train
          'just words'|spec.yaml:1:1: spec: is 'just words', expected keys: name, subject, tasks, prune, interpret, evaluate, limits, train
          'name: a~~tasks: b'|spec.yaml:2:1: a tab cannot indent YAML, expected spaces
          'name: [a'|spec.yaml:1:9: is not YAML
          'name: a~name: b'|spec.yaml:2:1: name: is given twice, expected it once
          'name: {a: b}'|spec.yaml:1:7: name: is a group of keys, expected a name of up to 64
          'name: "a b"'|spec.yaml:1:7: name: is 'a b', expected a name of up to 64
          'name:'|spec.yaml:1:1: name: is missing, expected a name of
          'subject: model'|spec.yaml:1:10: subject: is 'model', expected keys: model, transcoder
          'subject: {model: "hf://a"}'|spec.yaml:1:18: subject.model: 'hf://a' is no repository of the hub, expected hf://ORG/REPO, hf://ORG/REPO@REVISION or hf://ORG/REPO//FOLDER@REVISION
          'tasks: [{kind: file, path: "hf://a/b"}]'|there is no
          'tasks: []'|spec.yaml:1:8: tasks: has no task, expected at least one
          'tasks: ioi'|spec.yaml:1:8: tasks: is 'ioi', expected a list of tasks
          'tasks: [ioi]'|spec.yaml:1:9: tasks[0]: is 'ioi', expected keys: kind, name, prompts, seed, path
          'tasks: [{kind: ioi}, {kind: ioi}]'|spec.yaml:1:22: tasks[1].name: 'ioi' is the name of another task too
          'tasks: [{kind: ioi, name: ../up}]'|spec.yaml:1:27: tasks[0].name: is '../up', expected a name
          'tasks: [{kind: ioi, prompts: 1.5}]'|spec.yaml:1:30: tasks[0].prompts: is '1.5', expected a whole number
          'tasks: [{kind: file, path: model}]'|model is a folder, expected a file
          'prune: {budgets: []}'|spec.yaml:1:18: prune.budgets: is empty, expected a list of whole numbers
          'prune: {budgets: 50}'|spec.yaml:1:18: prune.budgets: is '50', expected a list of whole numbers
          'prune: {random: {seeds: 0}}'|spec.yaml:1:25: prune.random.seeds: is '0', expected a whole number from 1 to 1000
          'prune: {random: {sead: 1}}'|spec.yaml:1:18: prune.random.sead: is no known key, expected one of seeds (did you mean 'seeds'?)
          'prune: {methods: [fap synergy]}'|prune.methods: 'fap synergy' is not known
          'prune: {methods: [activation_magnitude]}'|(did you mean 'activation-magnitude'?)
          'limits: {failure_share: .nan}'|limits.failure_share: is '.nan', expected a number from 0 to 1
          'limits: {requests_per_minute: 0}'|limits.requests_per_minute: is '0', expected a whole number from 1
          'evaluate: {preset: pie}'|spec.yaml:1:11: evaluate: has nothing to evaluate, expected an interpret beside it
          """)
  void saysWhereAndWhatIsWrong(String written, String expected) {
    String yaml =
        written.substring(1, written.length() - 1).replace("~~", "\n\t").replace('~', '\n');
    assertThatThrownBy(() -> parse(yaml))
        .hasMessageContaining(expected)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  @Test
  void namesAFileThatIsMissingOrNoText() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    assertThatThrownBy(() -> SpecReader.read(missing))
        .hasMessage("%s: there is no such file, expected a campaign spec", missing);
    Path binary =
        Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatThrownBy(() -> SpecReader.read(binary))
        .hasMessageContaining("is not a text in UTF-8");
    assertThatThrownBy(() -> SpecReader.read(folder)).hasMessageContaining("is a folder");
  }

  @Test
  void cutsALongPathAndStillSaysWhatWasExpected() {
    String folders = "a/".repeat(2000);
    assertThatThrownBy(() -> parse("subject: {model: %s, transcoder: clt}".formatted(folders)))
        .message()
        .satisfies(
            problems ->
                assertThat(problems.lines())
                    .anySatisfy(
                        line ->
                            assertThat(line)
                                .startsWith("spec.yaml:1:18: subject.model: ")
                                .contains("…")
                                .endsWith(", expected a folder")
                                .hasSizeLessThan(1100)));
  }

  @Test
  void namesACampaignByItsContent() {
    CampaignSpec spec = parse(GOOD);
    assertThat(CampaignIds.of(spec))
        .matches("demo-[0-9a-f]{8}")
        .isEqualTo(CampaignIds.of(parse(GOOD)));
    assertThat(CampaignIds.of(parse(GOOD + "prune: {batch: 3}\n")))
        .isNotEqualTo(CampaignIds.of(spec));
  }

  private CampaignSpec parse(String yaml) {
    return SpecReader.parse(yaml, folder, "spec.yaml");
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
