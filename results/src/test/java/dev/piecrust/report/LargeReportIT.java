package dev.piecrust.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.artifact.JsonLines;
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
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.table.ResultTable.TaskTable;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables and exports of thousands of prompts under nine methods at five budgets: 22,500 results,
 * and with {@code -Dpiecrust.test.prompts=10000} 450,000.
 */
@Timeout(600)
final class LargeReportIT {
  private static final int PROMPTS = Integer.getInteger("piecrust.test.prompts", 500);
  private static final int SHARE = Integer.getInteger("piecrust.test.share", 25);
  private static final int BATCH = 10;
  private static final String ID = "large-00000000";
  private static final List<Method> METHODS =
      Arrays.stream(Method.values())
          .filter(Method::perPrompt)
          .filter(method -> method != Method.RANDOM)
          .toList();
  private static final CampaignSpec SPEC =
      new CampaignSpec(
          "large",
          new SubjectSpec("/models/tiny", "/models/tiny-clt"),
          List.of(new TaskSpec("ioi", TaskKind.IOI, PROMPTS, 0, Optional.empty())),
          new PruneSpec(
              METHODS,
              List.of(50, 100, 200, 400, 800),
              Corruption.PROMPT,
              Metric.LOGIT_DIFF,
              Scope.GLOBAL,
              BATCH,
              1,
              MethodSettings.defaults(),
              0,
              true),
          LimitsSpec.defaults());

  @TempDir Path folder;

  private final Random random = new Random(0);

  @Test
  void reportsAndExportsEveryPrompt() throws Exception {
    ArtifactStore artifacts = new FolderArtifacts(folder.resolve("artifacts"));
    try (Database database = Stores.database(DatabaseConfig.h2(folder.resolve("db")))) {
      Stores stores = Stores.of(database);
      timed("recording", () -> fill(stores, artifacts));
      Reports reports = new Reports(stores, artifacts);
      timed("the failures", () -> assertThat(reports.failures(ID)).isEmpty());
      timed("the table", () -> check(reports.table(ID).tasks().get(0)));
      Path out = folder.resolve("out");
      timed("the export", () -> reports.export(ID, ExportFormat.PIE, out));
      try (Stream<String> lines = Files.lines(out.resolve("per_prompt_merged.jsonl"))) {
        assertThat(lines.count()).isEqualTo((long) PROMPTS * METHODS.size());
      }
    }
  }

  private static void check(TaskTable table) {
    assertThat(table.prompts()).isEqualTo(PROMPTS);
    assertThat(table.rows()).hasSize(METHODS.size() * 5);
    assertThat(table.rows()).allSatisfy(row -> assertThat(row.klLast().n()).isEqualTo(PROMPTS));
    assertThat(table.analysis().comparisons()).hasSize(36 * 5);
  }

  private void fill(Stores stores, ArtifactStore artifacts) {
    stores.campaigns().create(ID, SPEC);
    JsonLines<PromptOutcome> lines = new JsonLines<>(artifacts, PromptOutcome.class);
    for (int from = 0; from < PROMPTS; from += BATCH) {
      List<PromptOutcome> unit =
          IntStream.range(from, from + BATCH)
              .boxed()
              .flatMap(prompt -> METHODS.stream().map(method -> outcome(prompt, method)))
              .toList();
      stores.results().put(ID, unit);
      String name = "ioi/%06d-%06d".formatted(from, from + BATCH);
      stores.units().done(ID, "fidelity ioi", name, BATCH, 0, lines.write(unit));
    }
  }

  private PromptOutcome outcome(int prompt, Method method) {
    TreeMap<Integer, Fidelity> fidelity = new TreeMap<>();
    TreeMap<Integer, List<KeptOccurrence>> kept = new TreeMap<>();
    for (int budget : SPEC.prune().budgets()) {
      double kl = random.nextDouble() / budget;
      fidelity.put(budget, new Fidelity(kl, kl / 4, 0, 1 - kl, kl));
      kept.put(
          budget,
          IntStream.range(0, budget / SHARE)
              .mapToObj(
                  i -> new KeptOccurrence(i % 16, i % 20, random.nextInt(10_000), 1.0 / (i + 1)))
              .toList());
    }
    return new PromptOutcome("ioi", prompt, "ab".repeat(20), method.label(), 2000, fidelity, kept);
  }

  private static void timed(String what, Runnable work) {
    long start = System.nanoTime();
    work.run();
    Runtime jvm = Runtime.getRuntime();
    System.out.printf(
        "%-12s of %,d prompts: %.1f s, heap %,d MB%n",
        what,
        PROMPTS,
        (System.nanoTime() - start) / 1e9,
        (jvm.totalMemory() - jvm.freeMemory()) / 1_000_000);
  }
}
