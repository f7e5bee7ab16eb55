package dev.piecrust.view;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.store.campaign.UnitStore;
import java.util.List;
import java.util.Optional;

/** Reads what the stages of a feature left behind; the last few are kept at hand. */
final class UnitArtifacts {
  /** A feature has half a dozen, of some ten kilobytes each. */
  private static final int KEPT = 400;

  private final UnitStore units;
  private final ArtifactStore artifacts;
  private final Recent<ArtifactRef, List<?>> recent = new Recent<>(KEPT);

  UnitArtifacts(UnitStore units, ArtifactStore artifacts) {
    this.units = units;
    this.artifacts = artifacts;
  }

  /** The lines of a stage's artifact; empty where the unit is not done. */
  <T> List<T> read(FeatureUnit unit, String stage, Class<T> type) {
    return units
        .result(unit.campaignId(), stage, unit.unit())
        .map(ref -> lines(ref, type))
        .orElse(List.of());
  }

  /** The one line of a stage's artifact. */
  <T> Optional<T> readOne(FeatureUnit unit, String stage, Class<T> type) {
    return read(unit, stage, type).stream().findFirst();
  }

  private <T> List<T> lines(ArtifactRef ref, Class<T> type) {
    return recent.get(ref, key -> new JsonLines<>(artifacts, type).read(key)).stream()
        .map(type::cast)
        .toList();
  }
}
