package dev.piecrust.bench.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole benchmark at a tiny shape: what it prints is there, and its files are gone. */
class PruneBenchTest {
  @TempDir Path folder;

  @Test
  void measuresEveryPhaseAndLeavesNothingBehind() {
    List<String> progress = new ArrayList<>();
    BenchShape shape = BenchShape.parse("tiny,layers=3,prompts=4");
    PruneReport report =
        new PruneBench(shape, BenchPrompts.RANDOM, folder, 2, true, progress::add).run();
    assertThat(folder).isEmptyDirectory();
    assertThat(progress).anyMatch(line -> line.startsWith("estimate: "));
    assertThat(report.phases())
        .extracting(Phase::name)
        .containsExactly(
            PruneRun.FORWARD,
            PruneRun.ENCODE,
            PruneRun.SELECT,
            PruneRun.ADJOINT,
            PruneRun.SCORE,
            PruneRun.PATCH,
            PruneRun.KEEP,
            PruneRun.FIDELITY);
    assertThat(report.phases()).allMatch(phase -> phase.seconds() > 0);
    assertThat(report.bestGflops()).isPositive();
    assertThat(report.mappedGigabytesPerSecond()).isPositive();
    assertThat(report.memory().estimated()).isPositive();
    assertThat(report.core()).isPositive();
    // All 32 partners and the boundary, each alone; at these weights rounding decides on pairs.
    assertThat(report.rerank().runs()).isGreaterThan(32);
    assertThat(report.rerank().share()).isPositive();
    assertThat(String.join("\n", PruneReportText.lines(report)))
        .contains("GFLOP/s", "GB/s mapped", "marker", "decoder rows", "memory");
  }

  @Test
  void prunesIoiPromptsOnAReducedPublishedShape() {
    BenchShape shape = BenchShape.parse("gemma-2-2b/32,prompts=2");
    PruneReport report =
        new PruneBench(shape, BenchPrompts.IOI, folder, 1, false, line -> {}).run();
    assertThat(folder).isEmptyDirectory();
    assertThat(report.shape().get("tokens")).isBetween(10, 25);
    assertThat(report.loading())
        .extracting(Phase::name)
        .containsExactly("write model", "load model", "write transcoder", "load encoders");
    assertThat(report.klLast()).containsOnlyKeys(BenchShape.BUDGETS);
    assertThat(report.klLast().values()).allMatch(Double::isFinite);
    assertThat(report.klLast().get(800)).isLessThan(report.klLast().get(50));
    if (report.memory().measured() > 0) { // Linux tells
      assertThat(report.loading()).allMatch(phase -> phase.memory() > 0);
      assertThat(report.phases())
          .allMatch(phase -> phase.memory() > 0 && phase.memory() <= report.memory().measured());
    }
  }

  @Test
  void writesNothingWhereTheDiskHasNoRoom() {
    BenchShape shape = BenchShape.parse("tiny,layers=2000,features=2000");
    PruneBench bench = new PruneBench(shape, BenchPrompts.IOI, folder, 1, false, line -> {});
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(bench::run)
        .withMessageContaining("the files take ")
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.RESOURCES));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writesNoWeightsWhereTheMemoryHasNoRoom() {
    List<String> progress = new ArrayList<>();
    BenchShape shape = BenchShape.parse("tiny,tokens=1000000");
    PruneBench bench = new PruneBench(shape, BenchPrompts.RANDOM, folder, 1, false, progress::add);
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(bench::run)
        .withMessageContaining("batches of 2 prompts of 1000000 tokens need")
        .withMessageEndingWith("expected a smaller part")
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.RESOURCES));
    assertThat(progress).noneMatch(line -> line.startsWith("write"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysHowMuchOfItWouldFitInMemory() {
    BenchShape shape = BenchShape.parse("tiny,layers=990,width=1024,features=400000");
    PruneBench bench = new PruneBench(shape, BenchPrompts.RANDOM, folder, 1, false, line -> {});
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(bench::run)
        .withMessageMatching(
            "batches of 2 prompts of 8 tokens need .* of memory .* has .* free.*; expected a"
                + " smaller part, such as layers=[1-9]\\d* in its shape")
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.RESOURCES));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void prunesAPartOfAPublishedShape() {
    BenchShape shape = BenchShape.parse("qwen3-0.6b/32,layers=3,prompts=1");
    PruneReport report =
        new PruneBench(shape, BenchPrompts.IOI, folder, 1, false, line -> {}).run();
    assertThat(report.part()).contains("layers 3 of 28", "width 32 of 1024");
    assertThat(String.join("\n", PruneReportText.lines(report)))
        .contains("a part of Qwen/Qwen3-0.6B-Base and its transcoder: layers 3 of 28, ");
  }

  @Test
  void hasAboutAsManyOccurrencesAsAskedFor() {
    BenchShape shape =
        BenchShape.parse("tiny,layers=3,width=256,prompts=4,features=1024,active=16");
    PruneReport report =
        new PruneBench(shape, BenchPrompts.RANDOM, folder, 1, false, line -> {}).run();
    int wanted = 16 * 3 * (shape.tokens() - 1);
    assertThat(report.occurrences()).isCloseTo(wanted, Percentage.withPercentage(25));
    // Features of layer l write to 3 − l layers: two on average.
    assertThat(report.decoderRows() / (double) report.occurrences()).isCloseTo(2, within(0.3));
  }
}
