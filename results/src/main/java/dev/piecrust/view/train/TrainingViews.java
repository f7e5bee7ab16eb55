package dev.piecrust.view.train;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.view.Recent;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.StageView;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How campaigns' trainings go. */
@Singleton
public final class TrainingViews {
  /** More points than a chart shows apart. */
  private static final int SHOWN = 100;

  /** Of some trainings that are looked at together. */
  private static final int KEPT = 20 * SHOWN;

  private final Stores stores;
  private final ArtifactStore artifacts;
  private final Recent<ArtifactRef, TrainingPoint> points = new Recent<>(KEPT);

  /** Of these stores. */
  public TrainingViews(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = artifacts;
  }

  /** How a campaign's training goes; empty where it trains nothing. */
  public Optional<TrainingView> of(CampaignCard card) {
    return stores.campaigns().spec(card.id()).train().map(spec -> of(card, spec));
  }

  /** What it came to, where its last step is done and its folder can be read from here. */
  public Optional<TrainedFolder> trained(CampaignCard card) {
    boolean whole =
        card.groups().stream()
            .flatMap(group -> group.stages().stream())
            .anyMatch(stage -> stage.name().equals(Stages.TRAIN) && stage.complete());
    Path folder = Path.of(stores.campaigns().spec(card.id()).subject().transcoder());
    try {
      return whole ? TrainedFolder.read(folder) : Optional.empty();
    } catch (PieCrustException damaged) { // the campaign's page goes without it
      return Optional.empty();
    }
  }

  private TrainingView of(CampaignCard card, TrainSpec spec) {
    return new TrainingView(
        spec.steps(),
        spec.l0(),
        card.now()
            .filter(stage -> stage.name().equals(Stages.TRAIN))
            .flatMap(StageView::secondsLeft),
        points(card.id()));
  }

  /** The same ones as before and newer ones, until there are twice as many as are shown. */
  private List<TrainingPoint> points(String campaignId) {
    List<ArtifactRef> all =
        stores.units().units(campaignId, Stages.TRAIN).stream()
            .map(UnitRow::result)
            .flatMap(Optional::stream)
            .toList();
    int each = (all.size() + SHOWN - 1) / SHOWN;
    List<TrainingPoint> shown = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if ((i + 1) % each == 0 || i == all.size() - 1) {
        shown.add(points.get(all.get(i), this::read));
      }
    }
    return shown;
  }

  private TrainingPoint read(ArtifactRef ref) {
    try (InputStream in = artifacts.open(ref)) {
      String line = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return TrainingPoint.of(Json.read(line, TrainProgress.class, "what a training said"));
    } catch (IOException e) {
      throw PieCrustException.external("artifact " + ref.sha256() + " cannot be read", e);
    }
  }
}
