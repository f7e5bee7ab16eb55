package dev.piecrust.prune.method;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import java.util.List;

/** The methods that score occurrences. */
public final class ScoringMethods {
  private ScoringMethods() {}

  /**
   * The runs of a method that scores: one, or one a seed where chance is involved.
   *
   * @return never empty; results are averaged over the runs
   * @throws IllegalArgumentException where the method chooses instead
   */
  public static List<ScoringMethod> runs(Method method, PruneSpec spec) {
    List<ScoringMethod> runs = MethodCode.of(method).runs(spec);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException(method.label() + " chooses, it does not score");
    }
    return runs;
  }

  /**
   * Changes whenever a method's results change, so that checkpoints of an older one are not taken
   * for its own.
   */
  public static String version(Method method) {
    return method.label() + (method == Method.FAP_SYNERGY ? "/2" : "/1");
  }
}
