package dev.piecrust.gpu;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.feature.PromptOutcome;

/** The kinds of artifacts that pruning writes. */
record PruneArtifacts(
    ArtifactStore store,
    PairsArtifact pairs,
    ScoresArtifact scores,
    SelectionsArtifact selections,
    JsonLines<PromptOutcome> outcomes,
    JsonLines<FeatureStats> features,
    JsonLines<Circuit> circuits,
    JsonLines<CircuitOutcome> circuitOutcomes) {
  static PruneArtifacts in(ArtifactStore artifacts) {
    return new PruneArtifacts(
        artifacts,
        new PairsArtifact(artifacts),
        new ScoresArtifact(artifacts),
        new SelectionsArtifact(artifacts),
        new JsonLines<>(artifacts, PromptOutcome.class),
        new JsonLines<>(artifacts, FeatureStats.class),
        new JsonLines<>(artifacts, Circuit.class),
        new JsonLines<>(artifacts, CircuitOutcome.class));
  }
}
