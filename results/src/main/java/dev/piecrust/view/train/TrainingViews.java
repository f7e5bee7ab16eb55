package dev.piecrust.view.train;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How campaigns' trainings go. */
@Singleton
public final class TrainingViews {
  /** More points than a chart shows apart. */
  private static final int SHOWN = 100;

  private final Stores stores;
  private final ArtifactStore artifacts;

  /** Of these stores. */
  public TrainingViews(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = artifacts;
  }

  /**
   * What parts of a campaign's training said, in their order: a hundred at most, the last one too.
   */
  public List<TrainProgress> of(String campaignId) {
    List<ArtifactRef> all =
        stores.units().units(campaignId, Stages.TRAIN).stream()
            .map(UnitRow::result)
            .flatMap(Optional::stream)
            .toList();
    int each = (all.size() + SHOWN - 1) / SHOWN;
    List<TrainProgress> parts = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0; i -= each) {
      parts.add(0, read(all.get(i)));
    }
    return parts;
  }

  private TrainProgress read(ArtifactRef ref) {
    try (InputStream in = artifacts.open(ref)) {
      String line = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Json.read(line, TrainProgress.class, "what a training said");
    } catch (IOException e) {
      throw PieCrustException.external("artifact " + ref.sha256() + " cannot be read", e);
    }
  }
}
