package dev.piecrust.worker;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.store.campaign.UnitStore;
import java.util.List;
import java.util.Optional;

/** The artifacts of one unit, by stage. */
record UnitFiles(FeatureUnit unit, UnitStore units, ArtifactStore artifacts) {
  boolean has(String stage) {
    return units.result(unit.campaignId(), stage, unit.unit()).isPresent();
  }

  <T> Optional<List<T>> read(String stage, Class<T> type) {
    return units
        .result(unit.campaignId(), stage, unit.unit())
        .map(ref -> new JsonLines<>(artifacts, type).read(ref));
  }

  /** The one line of a stage's artifact. */
  <T> Optional<T> readOne(String stage, Class<T> type) {
    return read(stage, type).map(lines -> lines.get(0));
  }

  <T> void write(String stage, Class<T> type, List<T> lines) {
    ArtifactRef ref = new JsonLines<>(artifacts, type).write(lines);
    units.done(unit.campaignId(), stage, unit.unit(), 1, 0, ref);
  }

  /** What was said for a stage, if anything was. */
  Optional<LlmTranscript> transcript(String stage) {
    return readOne(FeatureStages.transcript(stage), LlmTranscript.class);
  }

  void write(String stage, LlmTranscript transcript) {
    write(FeatureStages.transcript(stage), LlmTranscript.class, List.of(transcript));
  }
}
