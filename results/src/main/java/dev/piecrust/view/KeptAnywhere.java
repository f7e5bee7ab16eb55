package dev.piecrust.view;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.Stages;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.store.campaign.UnitStore;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;

/** The features that any method keeps at any budget, by their Cantor ids; a few tasks' at hand. */
final class KeptAnywhere {
  private static final int KEPT = 8;

  private final UnitStore units;
  private final JsonLines<FeatureStats> stats;
  private final Recent<ArtifactRef, long[]> recent = new Recent<>(KEPT);

  KeptAnywhere(UnitStore units, ArtifactStore artifacts) {
    this.units = units;
    this.stats = new JsonLines<>(artifacts, FeatureStats.class);
  }

  boolean has(String campaignId, FeatureId feature) {
    return units.units(campaignId, Stages.features("")).stream()
        .map(UnitRow::result)
        .flatMap(Optional::stream)
        .anyMatch(ref -> Arrays.binarySearch(recent.get(ref, this::read), feature.cantor()) >= 0);
  }

  private long[] read(ArtifactRef ref) {
    LongStream.Builder ids = LongStream.builder();
    stats.forEach(ref, row -> ids.add(row.feature().cantor()));
    return ids.build().sorted().distinct().toArray();
  }
}
