package dev.piecrust.bench.circuits;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.FeatureOccurrences;
import dev.piecrust.prune.FeatureTally;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.LoadedSubject;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptScores;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.Share;
import dev.piecrust.prune.method.CircuitGreedy;
import dev.piecrust.prune.method.ScoringMethods;
import dev.piecrust.prune.method.Selectors;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Statistics;
import dev.piecrust.task.DocstringTask;
import dev.piecrust.task.IoiTask;
import dev.piecrust.task.PromptPair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * {@code bench circuits}: features ranked on one part of a task's prompts and kept on another, by
 * the method's count, by its mean score, and by greedy choice, on the demo model.
 */
public final class CircuitsBench {
  /** No prompt of this seed was in the demo model's training. */
  private static final long SEED = 1000;

  private static final double HELD_OUT = 0.25;
  private static final List<Integer> BUDGETS = List.of(50, 100, 200);
  private static final int BATCH = 25;

  private final Path demo;
  private final int prompts;
  private final Consumer<String> progress;
  private final PruneSpec spec =
      PruneSpec.defaults()
          .withBudgets(BUDGETS.get(0))
          .withMethods(Method.FAP_IG, Method.FAP_SYNERGY);

  /** How features were ranked. */
  private record Ranking(Method method, String label) {}

  /**
   * @param demo folder of {@code model} and {@code clt}
   * @param prompts of each task
   * @param progress is told what is under way
   */
  public CircuitsBench(Path demo, int prompts, Consumer<String> progress) {
    this.demo = demo;
    this.prompts = prompts;
    this.progress = progress;
  }

  /** Ranks and measures on both tasks. */
  public CircuitsReport run() {
    try (LoadedSubject subject = LoadedSubject.open(demo.resolve("model"), demo.resolve("clt"))) {
      Tokenizer tokenizer = subject.model().tokenizer();
      List<CircuitsReport.Row> rows = new ArrayList<>();
      rows.addAll(task("IOI", subject, IoiTask.generate(tokenizer, prompts, SEED)));
      rows.addAll(task("Doc-String", subject, DocstringTask.generate(tokenizer, prompts, SEED)));
      int heldOut = indices(Share.HELD_OUT).size();
      return new CircuitsReport(prompts, heldOut, SEED, rows);
    }
  }

  private List<Integer> indices(Share... wanted) {
    Share[] shares = Share.deal(prompts, HELD_OUT);
    return IntStream.range(0, prompts)
        .filter(i -> Arrays.asList(wanted).contains(shares[i]))
        .boxed()
        .toList();
  }

  private List<CircuitsReport.Row> task(
      String task, LoadedSubject subject, List<PromptPair> pairs) {
    List<PruningBatch> batches = new ArrayList<>();
    try {
      for (int from = 0; from < prompts; from += BATCH) {
        batches.add(
            subject.batch(pairs.subList(from, Math.min(prompts, from + BATCH)), Corruption.PROMPT));
      }
      return measured(task, rankings(task, batches), source(batches));
    } finally {
      batches.forEach(PruningBatch::close);
    }
  }

  private static PromptSource source(List<PruningBatch> batches) {
    return (wanted, work) -> {
      for (int index : wanted) {
        try (PromptRun run =
            new PromptRun(batches.get(index / BATCH), index % BATCH, Metric.LOGIT_DIFF)) {
          work.accept(index, run);
        }
      }
    };
  }

  private Map<Ranking, List<FeatureId>> rankings(String task, List<PruningBatch> batches) {
    List<Integer> others = indices(Share.TRAINING, Share.VALIDATION);
    FeatureTally ig = new FeatureTally();
    FeatureTally synergy = new FeatureTally();
    Map<Integer, float[]> fap = new HashMap<>();
    Map<Integer, float[]> fapIg = new HashMap<>();
    progress.accept(task + ": scores …");
    for (int b = 0; b < batches.size(); b++) {
      List<float[]> own = scores(Method.FAP, batches.get(b));
      List<float[]> ownIg = scores(Method.FAP_IG, batches.get(b));
      for (int i = 0; i < own.size(); i++) {
        fap.put(b * BATCH + i, own.get(i));
        fapIg.put(b * BATCH + i, ownIg.get(i));
      }
    }
    progress.accept(task + ": fap-synergy …");
    Selectors selectors = new Selectors(spec);
    source(batches)
        .forEach(
            others,
            (index, run) -> {
              float[] first = fap.getOrDefault(index, new float[0]);
              float[] integrated = fapIg.getOrDefault(index, new float[0]);
              ig.add(run.occurrences(), KeepSet.selection(run.occurrences(), integrated, spec));
              selectors
                  .select(run, new PromptScores(Map.of(Method.FAP, first)), Beat.NONE)
                  .forEach((method, selection) -> synergy.add(run.occurrences(), selection));
            });
    progress.accept(task + ": circuit-greedy …");
    List<FeatureId> grown =
        new CircuitGreedy(circuit -> bestBeside(circuit, source(batches), others))
            .grown(List.of(), BUDGETS.get(BUDGETS.size() - 1));
    Map<Ranking, List<FeatureId>> rankings = new LinkedHashMap<>();
    rankings.put(
        new Ranking(Method.FAP_SYNERGY, "kept-count"), synergy.byKeptCount(BUDGETS.get(0)));
    rankings.put(new Ranking(Method.FAP_IG, "kept-count"), ig.byKeptCount(BUDGETS.get(0)));
    rankings.put(new Ranking(Method.FAP_IG, "mean-score"), ig.byScore());
    rankings.put(new Ranking(Method.CIRCUIT_GREEDY, "greedy"), grown);
    return rankings;
  }

  private List<FeatureId> bestBeside(
      List<FeatureId> circuit, PromptSource source, List<Integer> others) {
    CircuitGreedy.Sum sum = new CircuitGreedy.Sum(circuit);
    source.forEach(
        others,
        (index, run) ->
            sum.add(
                run.occurrences(),
                CircuitGreedy.question(circuit, prompts)
                    .answer(run, spec.settings().swap(), Beat.NONE)));
    return sum.bestFirst();
  }

  private List<float[]> scores(Method method, PruningBatch batch) {
    return ScoringMethods.runs(method, spec).get(0).score(batch);
  }

  private List<CircuitsReport.Row> measured(
      String task, Map<Ranking, List<FeatureId>> rankings, PromptSource source) {
    progress.accept(task + ": held-out prompts …");
    List<Integer> heldOut = indices(Share.HELD_OUT);
    List<List<FeatureId>> circuits = new ArrayList<>(); // budget by budget, ranking by ranking
    BUDGETS.forEach(
        n -> rankings.values().forEach(r -> circuits.add(r.subList(0, Math.min(n, r.size())))));
    List<List<Double>> kl = new ArrayList<>();
    List<List<Double>> covered = new ArrayList<>();
    circuits.forEach(
        circuit -> {
          kl.add(new ArrayList<>());
          covered.add(new ArrayList<>());
        });
    source.forEach(
        heldOut,
        (index, run) -> {
          FeatureOccurrences places = new FeatureOccurrences(run.occurrences());
          List<int[]> keepSets = circuits.stream().map(places::of).toList();
          List<Fidelity> fidelity = new FidelityCheck(run).measure(keepSets);
          for (int c = 0; c < circuits.size(); c++) {
            kl.get(c).add(fidelity.get(c).klLast());
            covered
                .get(c)
                .add(
                    TokenCoverage.share(
                        run.pair(), run.occurrences(), new HashSet<>(circuits.get(c))));
          }
        });
    List<CircuitsReport.Row> rows = new ArrayList<>();
    int c = 0;
    for (int n : BUDGETS) {
      double[] baseline = array(kl.get(c));
      for (Ranking ranking : rankings.keySet()) {
        rows.add(row(task, ranking, n, array(kl.get(c)), baseline, array(covered.get(c))));
        c++;
      }
    }
    return rows;
  }

  private static CircuitsReport.Row row(
      String task, Ranking ranking, int n, double[] kl, double[] baseline, double[] covered) {
    Statistics statistics = Statistics.standard();
    double[] with =
        IntStream.range(0, kl.length)
            .filter(i -> covered[i] == 1)
            .mapToDouble(i -> kl[i])
            .toArray();
    double[] without =
        IntStream.range(0, kl.length).filter(i -> covered[i] < 1).mapToDouble(i -> kl[i]).toArray();
    List<Estimate> estimates = statistics.estimates(List.of(kl, with, without));
    return new CircuitsReport.Row(
        task,
        ranking.method().label(),
        ranking.label(),
        n,
        estimates.get(0),
        statistics.quotients(List.of(new Statistics.Quotient(kl, baseline))).get(0),
        with.length,
        estimates.get(1),
        estimates.get(2));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(v -> v).toArray();
  }
}
