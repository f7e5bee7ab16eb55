package dev.piecrust.prune.method;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.model.Transformer.Linearity;
import java.util.ArrayList;
import java.util.List;

/** The registry of scoring methods: a new one is a class of its own and a line here. */
public final class ScoringMethods {
  private ScoringMethods() {}

  /**
   * The runs of a method: one, or one a seed where chance is involved.
   *
   * @return never empty; results are averaged over the runs
   */
  public static List<ScoringMethod> runs(Method method, PruneSpec spec) {
    return switch (method) {
      case FAP -> List.of(new Fap(spec.metric(), Linearity.LOCAL));
      case CLT_RELP -> List.of(new Fap(spec.metric(), Linearity.RELP));
      case FAP_IG -> List.of(new FapIg(spec.metric(), spec.settings().igPoints()));
      case ACTIVATION_MAGNITUDE -> List.of(new ActivationMagnitude());
      case RANDOM -> {
        List<ScoringMethod> seeds = new ArrayList<>();
        for (int seed = 0; seed < spec.randomSeeds(); seed++) {
          seeds.add(new RandomScores(seed));
        }
        yield seeds;
      }
      case FAP_SYNERGY, FAP_SWAP, FAP_ITERATIVE, FACTP, ACDC, CIRCUIT_SWAP ->
          throw new IllegalArgumentException(method.label() + " chooses, it does not score");
    };
  }

  /**
   * Changes whenever a method's results change, so that checkpoints of an older one are not taken
   * for its own.
   */
  public static String version(Method method) {
    return method.label() + "/1";
  }
}
