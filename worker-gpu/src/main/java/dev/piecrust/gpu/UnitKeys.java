package dev.piecrust.gpu;

import dev.piecrust.artifact.ArtifactRef;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.ScoringMethods;
import dev.piecrust.store.Checkpoints;
import dev.piecrust.task.TokenizedPair;
import java.util.List;

/** Keys of checkpoints: a hash of all that decides a unit's result, and of nothing else. */
final class UnitKeys {
  /** Changes whenever the fidelity measures change. */
  private static final String FIDELITY = "fidelity/1";

  private UnitKeys() {}

  static String score(
      String fingerprint, PruneSpec spec, List<TokenizedPair> pairs, int firstIndex) {
    return Checkpoints.key(
        "score",
        fingerprint,
        methods(spec),
        spec.corruption(),
        spec.metric(),
        spec.randomSeeds(),
        pairs.stream().map(TokenizedPair::pair).toList(),
        firstIndex);
  }

  static String fidelity(String fingerprint, PruneSpec spec, ArtifactRef scores, String task) {
    return Checkpoints.key(
        FIDELITY,
        fingerprint,
        methods(spec),
        spec.budgets(),
        spec.scope(),
        spec.metric(),
        scores.sha256(),
        task);
  }

  private static List<String> methods(PruneSpec spec) {
    return spec.methods().stream().map(ScoringMethods::version).toList();
  }
}
