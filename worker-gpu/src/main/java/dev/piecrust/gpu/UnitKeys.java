package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.prune.method.ScoringMethods;
import dev.piecrust.prune.method.Selectors;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keys of checkpoints: a hash of all that decides a unit's result, and of nothing else. */
record UnitKeys(String fingerprint, PruneSpec spec) {
  /** Changes whenever the fidelity measures change. */
  private static final String FIDELITY = "fidelity/2";

  /** Changes whenever the choice of circuits or the feature statistics change. */
  private static final String CIRCUITS = "circuits/1";

  String score(List<TokenizedPair> pairs, int firstIndex) {
    return Checkpoints.key(
        "score/2",
        fingerprint,
        versions(new Selectors(spec).scored()),
        spec.corruption(),
        spec.metric(),
        spec.randomSeeds(),
        spec.settings().igPoints(),
        pairs.stream().map(TokenizedPair::pair).toList(),
        firstIndex);
  }

  String rerank(ArtifactRef scores) {
    return Checkpoints.key(
        "rerank",
        fingerprint,
        versions(new Selectors(spec).choosing()),
        spec.settings(),
        spec.budgets(),
        spec.scope(),
        spec.metric(),
        scores.sha256());
  }

  /**
   * The key of a fidelity unit.
   *
   * @param inputs the scores and keep sets that are measured
   */
  String fidelity(List<ArtifactRef> inputs, String task) {
    return Checkpoints.key(
        FIDELITY,
        fingerprint,
        versions(spec.promptMethods()),
        spec.budgets(),
        spec.scope(),
        spec.metric(),
        hashes(inputs),
        task);
  }

  /**
   * The key of what is made from a whole task.
   *
   * @param what such as {@code features}
   * @param inputs the scores and keep sets of all its batches
   */
  String task(String what, List<ArtifactRef> inputs, PruneBatch task) {
    return Checkpoints.key(
        CIRCUITS,
        what,
        fingerprint,
        versions(spec.methods()),
        spec.budgets(),
        spec.metric(),
        spec.heldOut(),
        spec.settings().swap(),
        hashes(inputs),
        task.task(),
        task.to());
  }

  /**
   * The key of what a batch answers to a question about circuits.
   *
   * @param inputs the batch's scores and keep sets
   */
  String circuitAnswer(ArtifactRef question, List<ArtifactRef> inputs) {
    return Checkpoints.key(
        "circuit answer/1",
        fingerprint,
        spec.metric(),
        spec.heldOut(),
        spec.settings().swap().objective(),
        question.sha256(),
        hashes(inputs));
  }

  /**
   * The key of what circuits do on held-out prompts.
   *
   * @param chosen the keep sets that curves are measured of
   */
  String heldOut(ArtifactRef circuits, ArtifactRef scores, Optional<ArtifactRef> chosen) {
    List<Object> parts =
        new ArrayList<>(
            List.of(
                "held-out",
                FIDELITY,
                fingerprint,
                spec.metric(),
                circuits.sha256(),
                scores.sha256()));
    if (spec.curve()) {
      parts.add("curves/1");
      chosen.ifPresent(keepSets -> parts.add(keepSets.sha256()));
    }
    return Checkpoints.key(parts.toArray());
  }

  private static List<String> hashes(List<ArtifactRef> inputs) {
    return inputs.stream().map(ArtifactRef::sha256).toList();
  }

  private static List<String> versions(Collection<Method> methods) {
    return methods.stream().map(ScoringMethods::version).toList();
  }
}
