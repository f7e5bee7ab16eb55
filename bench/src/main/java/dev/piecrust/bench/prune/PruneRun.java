package dev.piecrust.bench.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.Metric;
import dev.piecrust.campaign.Scope;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.FidelityCheck;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.OccurrenceFinder;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PairActivations;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** The phases of one batch of prompts, in the order of a campaign. */
final class PruneRun {
  static final String FORWARD = "forward";
  static final String ENCODE = "encode";
  static final String SELECT = "select and align";
  static final String ADJOINT = "adjoint pass";
  static final String SCORE = "score (fap)";
  static final String PATCH = "all-removed patch";
  static final String KEEP = "keep sets' patches";
  static final String FIDELITY = "fidelity";

  private final BenchShape shape;
  private final NDManager manager;
  private final CountingModel model;
  private final Transcoder transcoder;
  private final Stopwatch watch;
  private final List<TokenizedPair> pairs;
  private final TokenBatch clean;
  private final List<Phase> phases = new ArrayList<>();
  private List<Occurrences> occurrences = List.of();
  private SortedMap<Integer, Double> klLast = new TreeMap<>();
  private Rerank rerank = Rerank.NONE;

  PruneRun(
      BenchBatch batch,
      NDManager manager,
      Transformer model,
      Transcoder transcoder,
      Stopwatch watch) {
    this.shape = batch.shape();
    this.manager = manager;
    this.model = new CountingModel(model);
    this.transcoder = transcoder;
    this.watch = watch;
    this.pairs = batch.pairs();
    this.clean = new TokenBatch(pairs.stream().map(TokenizedPair::clean).toList());
  }

  void measure(boolean withRerank, Consumer<String> progress) {
    progress.accept("finding occurrences");
    forwardAndEncode();
    List<PairActivations> found =
        new OccurrenceFinder(model, transcoder).find(manager, pairs, Corruption.PROMPT);
    occurrences =
        time(
            SELECT,
            Cost.NONE,
            () -> found.stream().map(f -> f.occurrences(Corruption.PROMPT)).toList());
    try (PruningBatch batch = new PruningBatch(manager, model, transcoder, pairs, occurrences)) {
      progress.accept("scoring");
      Cost reading = Cost.ofBytes((double) decoderRows() * shape.width() * shape.dtype().bytes());
      List<float[]> scores = score(batch, reading);
      progress.accept("building patches");
      time(PATCH, reading, () -> patch(batch, b -> List.of(batch.all(b))));
      time(KEEP, Cost.NONE, () -> patch(batch, b -> sets(b, scores.get(b))));
      progress.accept("measuring fidelity");
      Cost passes = Cost.fidelity(shape, BenchShape.BUDGETS.size());
      klLast = time(FIDELITY, passes, () -> fidelity(batch, scores));
      if (withRerank) {
        progress.accept("reranking one prompt");
        rerank = Rerank.measure(manager, model, batch, scores.get(0));
      }
    }
  }

  private List<float[]> score(PruningBatch batch, Cost reading) {
    time(ADJOINT, Cost.NONE, () -> inScope(scope -> gradient(batch, scope).size()));
    try (NDManager scope = manager.newSubManager()) {
      List<NDArray> gradient = gradient(batch, scope); // [B, T, d] each
      return time(SCORE, reading, () -> batch.attribute(gradient));
    }
  }

  private static List<NDArray> gradient(PruningBatch batch, NDManager scope) {
    return batch.gradient(scope, Metric.LOGIT_DIFF, Linearity.LOCAL);
  }

  private void forwardAndEncode() {
    int[] first = new int[pairs.size()];
    int[] length = pairs.stream().mapToInt(TokenizedPair::length).toArray();
    Arrays.fill(first, 1);
    time(
        FORWARD,
        Cost.forward(shape, watch.rates()),
        () -> inScope(scope -> model.trace(scope, clean).batch()));
    try (NDManager scope = manager.newSubManager()) {
      Trace trace = model.trace(scope, clean);
      time(
          ENCODE,
          Cost.encode(shape, watch.rates()),
          () -> transcoder.activations(model, trace, first, length));
    }
  }

  private <T> T inScope(Function<NDManager, T> work) {
    try (NDManager scope = manager.newSubManager()) {
      return work.apply(scope);
    }
  }

  private int patch(PruningBatch batch, IntFunction<List<OccurrenceSet>> setsOf) {
    int arrays = 0;
    for (int b = 0; b < batch.size(); b++) {
      int prompt = b;
      arrays += inScope(s -> batch.write(s, setsOf.apply(prompt), shape.tokens()).size());
    }
    return arrays;
  }

  private List<OccurrenceSet> sets(int b, float[] scores) {
    return keepSets(b, scores).stream().map(set -> OccurrenceSet.of(b, set)).toList();
  }

  private List<int[]> keepSets(int b, float[] scores) {
    int[] ranking = KeepSet.ranking(scores);
    return BenchShape.BUDGETS.stream()
        .map(k -> KeepSet.best(occurrences.get(b), ranking, k, Scope.GLOBAL))
        .toList();
  }

  /** The mean over the prompts at each budget. */
  private SortedMap<Integer, Double> fidelity(PruningBatch batch, List<float[]> scores) {
    SortedMap<Integer, Double> klLast = new TreeMap<>();
    for (int b = 0; b < batch.size(); b++) {
      try (PromptRun run = new PromptRun(batch, b, Metric.LOGIT_DIFF)) {
        List<Fidelity> measured = new FidelityCheck(run).measure(keepSets(b, scores.get(b)));
        for (int k = 0; k < measured.size(); k++) {
          double share = measured.get(k).klLast() / batch.size();
          klLast.merge(BenchShape.BUDGETS.get(k), share, Double::sum);
        }
      }
    }
    return klLast;
  }

  private <T> T time(String name, Cost cost, Supplier<T> run) {
    Stopwatch.Timed<T> timed = watch.time(name, shape.prompts(), cost, run);
    phases.add(timed.phase());
    return timed.result();
  }

  /** Rows that a loop over occurrences would read, per prompt. */
  private int decoderRows() {
    long rows = 0;
    for (Occurrences own : occurrences) {
      rows += Arrays.stream(own.layer()).map(transcoder::writes).sum();
    }
    return (int) (rows / shape.prompts());
  }

  private double seconds(String... names) {
    List<String> wanted = List.of(names);
    return phases.stream()
        .filter(phase -> wanted.contains(phase.name()))
        .mapToDouble(Phase::seconds)
        .sum();
  }

  PruneReport report(Rates rates, List<Phase> loading, PruneReport.Memory memory) {
    int n = occurrences.stream().mapToInt(Occurrences::size).sum() / shape.prompts();
    return new PruneReport(
        shape.published().reference(),
        shape.part(),
        shape.values(),
        String.valueOf(System.getProperty("java.version")),
        TensorRuntime.threads(),
        TensorRuntime.loopThreads(),
        rates.products(),
        rates.best(),
        rates.reads().mapped() / 1e9,
        rates.reads().plain() / 1e9,
        loading,
        phases,
        n,
        decoderRows(),
        seconds(SELECT, SCORE, PATCH, KEEP),
        seconds(ADJOINT),
        seconds(ADJOINT, SCORE, PATCH) / seconds(FORWARD),
        klLast,
        rerank,
        memory);
  }
}
