package dev.piecrust.prune;

import static dev.piecrust.failure.PieCrustException.numeric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Small changes of what is removed from one prompt, measured as large batches that run again only
 * what they can change (docs/method.md §6): layers from a change's first on, and positions from its
 * first on, against the keys, values and residual streams of a base run.
 */
public final class Variants implements AutoCloseable {
  private final PromptRun run;
  private final NDManager scope;
  private final Trace base;
  private final NDArray baseLogits; // [1, T, V], or [1, 1, V] where the last position is all

  private Variants(PromptRun run, NDManager scope, Trace base) {
    this.run = run;
    this.scope = scope;
    this.base = base;
    NDArray rows = run.metric().lastPositionOnly() ? last(base.hidden()) : base.hidden();
    rows.attach(scope);
    this.baseLogits = model().unembed(rows);
  }

  /** Changes of the clean run. */
  public static Variants ofClean(PromptRun run) {
    NDManager scope = run.manager().newSubManager();
    Trace clean = run.clean();
    NDArray hidden = clean.hidden().get(scope, new NDIndex(":")); // the trace stays the run's own
    return new Variants(
        run,
        scope,
        new Trace(clean.batch(), clean.residMid(), clean.mlpOut(), hidden, clean.constants()));
  }

  /** Changes of the run that keeps a set and removes everything else. */
  public static Variants keeping(PromptRun run, int[] kept) {
    NDManager scope = run.manager().newSubManager();
    List<NDArray> patch = run.removingAllBut(scope, List.of(kept)); // per layer [1, T, d]
    return new Variants(run, scope, run.batch().model().trace(scope, run.copies(1), patch));
  }

  /** The base run itself. */
  public Effect base() {
    return effects(baseLogits, 0).get(0);
  }

  /**
   * Measures changes, each by itself.
   *
   * @param changes what is removed in addition to what the base removes (weight 1), and what is put
   *     back (weight −1)
   * @return one each, in the order of the changes
   */
  public List<Effect> measure(List<OccurrenceSet> changes, Beat beat) {
    Effect[] effects = new Effect[changes.size()];
    List<Suffix> suffixes =
        Suffix.groups(changes, run.occurrences(), run.length(), model().layers());
    for (Suffix suffix : suffixes) {
      int chunk = ForwardSize.variants(suffix.positions(), logits(suffix.positions()));
      for (int first = 0; first < suffix.changes().length; first += chunk) {
        int[] part =
            Arrays.copyOfRange(
                suffix.changes(), first, Math.min(first + chunk, suffix.changes().length));
        beat.at("patched runs");
        List<Effect> measured =
            measure(suffix, Arrays.stream(part).mapToObj(changes::get).toList());
        for (int i = 0; i < part.length; i++) {
          effects[part[i]] = measured.get(i);
        }
      }
    }
    Effect base = null;
    for (int i = 0; i < effects.length; i++) {
      if (effects[i] == null) { // nothing changes
        base = base == null ? base() : base;
        effects[i] = base;
      }
    }
    return Arrays.asList(effects);
  }

  private List<Effect> measure(Suffix suffix, List<OccurrenceSet> changes) {
    try (NDManager part = scope.newSubManager()) {
      PatchWindow window = new PatchWindow(suffix.layer(), suffix.position(), run.length());
      List<NDArray> patch = run.batch().write(part, changes, window); // per layer [R, T', d]
      NDArray hidden = model().resume(part, base, suffix.layer(), suffix.position(), patch);
      NDArray rows = run.metric().lastPositionOnly() ? last(hidden) : hidden;
      return effects(model().unembed(rows), suffix.position());
    }
  }

  /** Effects of runs whose positions before {@code from} are the base's. */
  private List<Effect> effects(NDArray logits, int from) {
    float[] metrics = run.metric().value(logits, run.pair()).toFloatArray();
    double before = run.metric().lastPositionOnly() ? 0 : metricBefore(from);
    NDArray clean = run.cleanLast(logits.getManager()); // [V]
    NDArray logProbs = logits.get(new NDIndex(":, -1")).logSoftmax(1); // [R, V]
    float[] kl = logProbs.neg().add(clean).mul(clean.exp()).sum(new int[] {1}).toFloatArray();
    List<Effect> effects = new ArrayList<>();
    for (int i = 0; i < metrics.length; i++) {
      if (!Float.isFinite(metrics[i]) || !Float.isFinite(kl[i])) {
        throw numeric("a patched run gave logits that are not numbers");
      }
      effects.add(new Effect(metrics[i] + before, Math.max(0, kl[i]))); // rounding may leave −1e-8
    }
    return effects;
  }

  private double metricBefore(int position) {
    if (position == 0) {
      return 0;
    }
    try (NDManager part = scope.newSubManager()) {
      NDArray logits = baseLogits.get(part, new NDIndex(":, 0:{}", position));
      return run.metric().value(logits, run.pair()).toFloatArray()[0];
    }
  }

  private static NDArray last(NDArray hidden) {
    return hidden.get(new NDIndex(":, -1:"));
  }

  private long logits(int positions) {
    return (long) model().vocabulary() * (run.metric().lastPositionOnly() ? 1 : positions);
  }

  private Transformer model() {
    return run.batch().model();
  }

  @Override
  public void close() {
    scope.close();
  }
}
