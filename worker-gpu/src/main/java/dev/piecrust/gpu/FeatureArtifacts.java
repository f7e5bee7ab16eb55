package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SteeredText;

/**
 * The kinds of artifacts that the features of stages II and III leave behind.
 *
 * @param store holds what is collected of a part of a corpus, too
 * @param evidence one line each
 * @param collected where the evidence of each feature of a list is
 * @param texts synthetic texts
 */
record FeatureArtifacts(
    ArtifactStore store,
    JsonLines<Evidence> evidence,
    JsonLines<Collected> collected,
    JsonLines<String> texts,
    JsonLines<ActivatedText> activated,
    JsonLines<SteeredText> steered) {
  /** Where the evidence of one feature is. */
  record Collected(FeatureId feature, ArtifactRef evidence) {}

  static FeatureArtifacts in(ArtifactStore artifacts) {
    return new FeatureArtifacts(
        artifacts,
        new JsonLines<>(artifacts, Evidence.class),
        new JsonLines<>(artifacts, Collected.class),
        new JsonLines<>(artifacts, String.class),
        new JsonLines<>(artifacts, ActivatedText.class),
        new JsonLines<>(artifacts, SteeredText.class));
  }
}
