package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands of the packaged program on a campaign that has finished. */
class CommandsIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");

  /** The lines that are the same when the campaign has run again. */
  private static final Predicate<String> VERDICT =
      Pattern.compile("^(kept|meaning|scores|next) ").asPredicate();

  @TempDir static Path shared;
  private static Program program = new Program(Path.of(""));
  private static Path spec = Path.of("");
  private static String printed = "";

  @TempDir Path folder;

  @BeforeAll
  static void runACampaign() throws Exception {
    program = new Program(shared.resolve("home"));
    spec = SmallSpec.write(shared, "fap, random");
    printed = program.run("run", spec.toString(), "--out", shared.resolve("out").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "pie, final_summary.json, \"kl_by_k\"|\"mean_kl_last\"",
    "csv, .*\\.csv, fap",
    "latex, .*\\.tex, tabular",
    "jsonl, .*\\.jsonl, \"method\"",
    "markdown, results\\.md, method",
    "html, report\\.html, <svg class=.chart.",
    "features, features_by_layer\\.json, cantor_id",
    "safetensors, scores_index\\.json, prompts"
  })
  void exportsInEveryFormat(String format, String file, String content) throws Exception {
    program.run("export", id(), "--format", format, "--out", folder.toString());
    assertThat(ExportedFiles.in(folder).entrySet())
        .filteredOn(e -> e.getKey().matches(file))
        .isNotEmpty()
        .anySatisfy(e -> assertThat(String.join("\n", e.getValue())).containsPattern(content));
    assertThat(folder.resolve("run_manifest.json")).exists();
  }

  @Test
  void findsWhatItHasWhenItStartsAnew() throws Exception {
    Path out = folder.resolve("out");
    long artifacts = program.artifacts();
    long before = program.log().lines().count();
    String again = program.run("run", spec.toString(), "--fresh", "--out", out.toString());
    assertThat(again).contains(id());
    assertThat(ExportedFiles.in(out)).isEqualTo(ExportedFiles.in(shared.resolve("out")));
    assertThat(program.artifacts()).isEqualTo(artifacts);
    assertThat(program.log().lines().skip(before).toList())
        .anyMatch(line -> line.endsWith("found"))
        .noneMatch(line -> line.endsWith("computed"));
  }

  @Test
  void endsWithFiveLinesAndHasTheTablesWhereTheyAreWanted() throws Exception {
    assertThat(printed).doesNotContain("KL(clean ‖ pruned)");
    assertThat(printed.lines().skip(printed.lines().count() - 5))
        .satisfiesExactly(
            kept ->
                assertThat(kept).matches("kept +ioi: \\d+ features \\(\\S+ by .* nats \\(95 %.*"),
            meaning -> assertThat(meaning).startsWith("meaning  "),
            scores -> assertThat(scores).startsWith("scores   "),
            cost -> assertThat(cost).matches("cost +no language model .* from start to end"),
            next -> assertThat(next).contains("./piecrust export " + id()));
    String watched = program.run("watch", "small", "--tables");
    assertThat(watched).contains("KL(clean ‖ pruned)");
    assertThat(watched.lines()).containsAll(printed.lines().filter(VERDICT).toList());
  }

  @Test
  void listsCampaignsInALineEach() throws Exception {
    assertThat(program.run("status").lines())
        .singleElement()
        .asString()
        .matches(id() + "  finished  all stages  free  ended .* ago");
  }

  @ParameterizedTest
  @CsvSource({"ioi", "docstring"})
  void writesATaskThatACampaignCanRead(String kind) throws Exception {
    String model = Program.ROOT.resolve("demo/model").toString();
    String pairs = program.run("task", kind, "--tokenizer", model, "--n", "3", "--seed", "7");
    assertThat(pairs.lines()).hasSize(3).allMatch(line -> line.startsWith("{\"text_clean\":"));
    assertThat(program.run("task", kind, "--tokenizer", model, "--n", "3", "--seed", "7"))
        .isEqualTo(pairs);
  }

  private static String id() {
    return ID.matcher(printed).results().findFirst().orElseThrow().group();
  }
}
