package dev.piecrust.bench.export;

import static dev.piecrust.failure.PieCrustException.external;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.bench.web.Bulk;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.Reports;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Exports made-up campaigns of so many results. */
public final class ExportBench {
  private static final String ID = "bench-00000000";
  private static final String TASK = "ioi";
  private static final List<String> METHODS =
      List.of("fap", "fap-synergy", "fap-ig", "fap-iterative", "random");
  private static final List<Integer> BUDGETS = List.of(1, 2, 4, 8);
  private static final int EACH = METHODS.size() * BUDGETS.size();
  private static final int UNIT = 10;

  /** Of the database's pages, so that what it keeps of a larger one is no more. */
  private static final String CACHE = ";CACHE_SIZE=8192";

  private final List<Integer> sizes;
  private final Consumer<String> progress;

  /**
   * @param sizes in results
   */
  public ExportBench(List<Integer> sizes, Consumer<String> progress) {
    this.sizes = List.copyOf(sizes);
    this.progress = progress;
  }

  /** Measures in an empty folder. */
  public ExportReport run(Path folder) throws IOException {
    List<ExportReport.Row> rows = new ArrayList<>();
    for (int results : sizes) {
      Path home = Files.createDirectory(folder.resolve(Integer.toString(results)));
      DatabaseConfig h2 = DatabaseConfig.h2(home.resolve("db"));
      DatabaseConfig config = new DatabaseConfig(h2.url() + CACHE, h2.user(), h2.password());
      try (Database database = Stores.database(config)) {
        Stores stores = Stores.of(database);
        ArtifactStore artifacts = new FolderArtifacts(home.resolve("artifacts"));
        progress.accept("%,d results …".formatted(results));
        fill(stores, config, artifacts, Math.max(1, results / EACH), home);
        Reports reports = new Reports(stores, artifacts);
        for (ExportFormat format : List.of(ExportFormat.PIE, ExportFormat.HTML)) {
          rows.add(measured(reports, format, results, home.resolve(format.label())));
        }
      }
    }
    return new ExportReport(rows);
  }

  private static ExportReport.Row measured(
      Reports reports, ExportFormat format, int results, Path out) throws IOException {
    try (LiveHeap heap = new LiveHeap()) {
      long start = System.nanoTime();
      reports.export(ID, format, out);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new ExportReport.Row(format.label(), results, seconds, heap.peak(), size(out));
    }
  }

  private static long size(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void fill(
      Stores stores, DatabaseConfig config, ArtifactStore artifacts, int prompts, Path home)
      throws IOException {
    stores.campaigns().create(ID, spec(prompts, home));
    SplittableRandom random = new SplittableRandom(1);
    JsonLines<PromptOutcome> lines = new JsonLines<>(artifacts, PromptOutcome.class);
    try (Connection connection =
        DriverManager.getConnection(config.url(), config.user(), config.password())) {
      connection.setAutoCommit(false);
      try (Bulk rows =
          new Bulk(
              connection,
              "prompt_result",
              "campaign_id, task, prompt, method, budget, kl_last, kl_all, pred_changed,"
                  + " faithfulness, completeness")) {
        for (int from = 0; from < prompts; from += UNIT) {
          int to = Math.min(prompts, from + UNIT);
          List<PromptOutcome> unit = new ArrayList<>();
          for (int prompt = from; prompt < to; prompt++) {
            for (String method : METHODS) {
              unit.add(outcome(prompt, method, random));
            }
          }
          for (PromptOutcome outcome : unit) {
            insert(outcome, rows);
          }
          stores
              .units()
              .done(
                  ID,
                  "fidelity " + TASK,
                  "%s/%06d-%06d".formatted(TASK, from, to),
                  to - from,
                  0,
                  lines.write(unit));
        }
      }
    } catch (SQLException e) {
      throw external("the database could not be filled", e);
    }
    stores.campaigns().enter(ID, CampaignState.FINISHED, "");
  }

  private static void insert(PromptOutcome outcome, Bulk rows) throws SQLException {
    for (var at : outcome.fidelity().entrySet()) {
      Fidelity f = at.getValue();
      rows.add(
          ID,
          TASK,
          outcome.index(),
          outcome.method(),
          at.getKey(),
          f.klLast(),
          f.klAll(),
          f.predChanged(),
          f.faithfulness(),
          f.completeness());
    }
  }

  private static CampaignSpec spec(int prompts, Path home) throws IOException {
    Files.createDirectories(home.resolve("model"));
    Files.createDirectories(home.resolve("clt"));
    String yaml =
        """
        name: bench
        subject: {model: model, transcoder: clt}
        tasks: [{kind: ioi, prompts: %d, seed: 0}]
        prune: {methods: [%s], budgets: %s}
        """
            .formatted(prompts, String.join(", ", METHODS), BUDGETS);
    return SpecReader.parse(yaml, home, "bench");
  }

  private static PromptOutcome outcome(int prompt, String method, SplittableRandom random) {
    TreeMap<Integer, Fidelity> fidelity = new TreeMap<>();
    TreeMap<Integer, List<KeptOccurrence>> kept = new TreeMap<>();
    for (int budget : BUDGETS) {
      double kl = 10 * random.nextDouble() / budget;
      fidelity.put(budget, new Fidelity(kl, kl / 2, 0, random.nextDouble(), 0.1));
      kept.put(
          budget,
          IntStream.range(0, budget)
              .mapToObj(
                  i ->
                      new KeptOccurrence(
                          random.nextInt(16),
                          random.nextInt(20),
                          random.nextInt(100),
                          random.nextDouble()))
              .toList());
    }
    return new PromptOutcome(TASK, prompt, "ab".repeat(20), method, 2000, fidelity, kept);
  }
}
