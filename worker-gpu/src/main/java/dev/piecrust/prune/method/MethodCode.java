package dev.piecrust.prune.method;

import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.estimate.Range;
import dev.piecrust.model.Transformer.Linearity;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The one registry of how methods are computed: a new one is a class of its own, a constant of
 * {@link Method} and a line here.
 */
public final class MethodCode {
  /**
   * Measured: 0.16 where candidates sit late; a patch in the first layer repeats the whole pass.
   */
  private static final Range SUFFIX = new Range(0.1, 0.25, 0.7);

  /** Occurrences of a prompt of the usual length, where a method goes through all of them. */
  private static final int OCCURRENCES = 2000;

  private final Function<PruneSpec, List<ScoringMethod>> runs;
  private final Function<PruneSpec, Optional<Selector>> selector;
  private final Function<PruneSpec, Range> passes;

  private MethodCode(
      Function<PruneSpec, List<ScoringMethod>> runs,
      Function<PruneSpec, Optional<Selector>> selector,
      Function<PruneSpec, Range> passes) {
    this.runs = runs;
    this.selector = selector;
    this.passes = passes;
  }

  /** That of a method. */
  public static MethodCode of(Method method) {
    return switch (method) {
      case FAP -> scores(spec -> new Fap(spec.metric(), Linearity.LOCAL), spec -> Range.exactly(1));
      case CLT_RELP ->
          scores(spec -> new Fap(spec.metric(), Linearity.RELP), spec -> Range.exactly(1));
      case FAP_IG ->
          scores(
              spec -> new FapIg(spec.metric(), spec.settings().igPoints()),
              spec -> Range.exactly(2.0 * spec.settings().igPoints()));
      case ACTIVATION_MAGNITUDE -> scores(spec -> new ActivationMagnitude(), spec -> Range.ZERO);
      case RANDOM -> new MethodCode(MethodCode::seeds, spec -> Optional.empty(), s -> Range.ZERO);
      case FAP_SYNERGY -> chooses(Synergy::new, MethodCode::synergyPasses);
      case FAP_SWAP ->
          chooses(
              FapSwap::new,
              spec ->
                  SUFFIX.times(
                      (double) spec.settings().swap().rounds()
                          * spec.settings().swap().pool()
                          * spec.budgets().size()));
      case FAP_ITERATIVE ->
          chooses(
              FapIterative::new,
              spec ->
                  Range.exactly(2.0 * spec.settings().iterativeRounds() * spec.budgets().size()));
      case FACTP -> chooses(Factp::new, MethodCode::factpPasses);
      case ACDC -> chooses(Acdc::new, spec -> SUFFIX.times(2.0 * OCCURRENCES));
      case CIRCUIT_SWAP -> // a circuit of a task, see CircuitSwap
          new MethodCode(spec -> List.of(), spec -> Optional.empty(), spec -> Range.ZERO);
      case CIRCUIT_GREEDY -> // a circuit of a task, see CircuitGreedy
          new MethodCode(spec -> List.of(), spec -> Optional.empty(), MethodCode::greedyPasses);
    };
  }

  /**
   * The runs of a method that scores: one, or one a seed where chance is involved.
   *
   * @return empty where the method does not score; results are averaged over the runs
   */
  public List<ScoringMethod> runs(PruneSpec spec) {
    return runs.apply(spec);
  }

  /** The method, where it chooses keep sets. */
  Optional<Selector> selector(PruneSpec spec) {
    return selector.apply(spec);
  }

  /** Passes over one prompt that the method takes, beside those that measure its keep sets. */
  public Range passes(PruneSpec spec) {
    return passes.apply(spec);
  }

  private static MethodCode scores(
      Function<PruneSpec, ScoringMethod> method, Function<PruneSpec, Range> passes) {
    return new MethodCode(spec -> List.of(method.apply(spec)), spec -> Optional.empty(), passes);
  }

  private static MethodCode chooses(
      Function<PruneSpec, Selector> method, Function<PruneSpec, Range> passes) {
    return new MethodCode(spec -> List.of(), spec -> Optional.of(method.apply(spec)), passes);
  }

  private static List<ScoringMethod> seeds(PruneSpec spec) {
    return IntStream.range(0, spec.randomSeeds())
        .<ScoringMethod>mapToObj(RandomScores::new)
        .toList();
  }

  private static Range synergyPasses(PruneSpec spec) {
    MethodSettings settings = spec.settings();
    return SUFFIX.times(
        (double) settings.synergy().boundaryCap()
            * (settings.synergy().partnersPerCandidate() + 1)
            * spec.budgets().size());
  }

  /** A gradient is a pass there and twice as much back. */
  private static Range greedyPasses(PruneSpec spec) {
    int largest = spec.budgets().get(spec.budgets().size() - 1);
    return Range.exactly(
        3.0 * CircuitGreedy.POINTS * CircuitGreedy.steps(largest) * (1 - spec.heldOut()));
  }

  private static Range factpPasses(PruneSpec spec) {
    int pool = spec.settings().factp().pool();
    return SUFFIX.times(pool == FactpSpec.ALL ? OCCURRENCES : pool);
  }
}
