package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.evidence.Steering;
import dev.piecrust.evidence.TextActivations;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Stratum;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.Checkpoints;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code activateTexts} and {@code steerFeature}: one feature of stage III (docs/method.md §8). */
final class FeatureUnits {
  /** Change whenever the results of the same inputs do. */
  private static final String ACTIVATE_VERSION = "activate/1";

  private static final String STEER_VERSION = "steer/1";

  private static final Logger LOG = LoggerFactory.getLogger(FeatureUnits.class);

  private final LoadedCampaign campaign;
  private final FeatureArtifacts artifacts;
  private final FeatureUnit unit;
  private final Pulse pulse;

  FeatureUnits(LoadedCampaign campaign, FeatureArtifacts artifacts, FeatureUnit unit, Pulse pulse) {
    this.campaign = campaign;
    this.artifacts = artifacts;
    this.unit = unit;
    this.pulse = pulse;
  }

  /** Measures the synthetic texts. */
  void activate() {
    Subject subject = campaign.subject();
    ArtifactRef texts = input(FeatureStages.WRITE);
    done(
        FeatureStages.ACTIVATE,
        Checkpoints.key(ACTIVATE_VERSION, subject.fingerprint(), unit.feature(), texts.sha256()),
        () ->
            artifacts
                .activated()
                .write(
                    new TextActivations(subject.model(), subject.transcoder())
                        .of(
                            campaign.manager(),
                            unit.feature(),
                            artifacts.texts().read(texts),
                            n -> pulse.check("%s: %d texts".formatted(unit.unit(), n)))));
  }

  /** Steers the feature; what is continued are beginnings of texts on which it is low. */
  void steer() {
    EvaluateSpec spec = campaign.spec().evaluating();
    ArtifactRef evidence = input(FeatureStages.EVIDENCE);
    done(
        FeatureStages.STEER,
        Checkpoints.key(
            STEER_VERSION,
            campaign.subject().fingerprint(),
            unit.feature(),
            evidence.sha256(),
            spec.factors(),
            spec.steeredTexts(),
            spec.continuationTokens(),
            spec.seed()),
        () -> steered(spec, artifacts.evidence().read(evidence).get(0)));
  }

  private ArtifactRef steered(EvaluateSpec spec, Evidence evidence) {
    Subject subject = campaign.subject();
    List<String> texts =
        evidence.of(Stratum.LOW).stream().limit(spec.steeredTexts()).map(Example::text).toList();
    Steering.Plan plan =
        new Steering.Plan(
            unit.feature(),
            evidence.maximum(),
            spec.factors(),
            spec.continuationTokens(),
            spec.seed());
    int all = texts.size() * spec.factors().size();
    return artifacts
        .steered()
        .write(
            new Steering(subject.model(), subject.transcoder())
                .steer(
                    campaign.manager(),
                    texts,
                    plan,
                    n -> pulse.check("%s: %d of %d continued".formatted(unit.unit(), n, all))));
  }

  private ArtifactRef input(String stage) {
    return campaign
        .stores()
        .units()
        .result(unit.campaignId(), stage, unit.unit())
        .orElseThrow(
            () -> new IllegalStateException(stage + " of " + unit.unit() + " has not been done"));
  }

  private void done(String stage, String key, Supplier<ArtifactRef> work) {
    Stores stores = campaign.stores();
    Optional<ArtifactRef> before =
        stores
            .checkpoints()
            .find(key, artifacts.store(), unit.campaignId(), stage + ": " + unit.unit());
    ArtifactRef ref = before.orElseGet(() -> stores.checkpoints().put(key, work.get()));
    stores.units().done(unit.campaignId(), stage, unit.unit(), 1, 0, ref);
    LOG.info(
        "{}: {} of {}: {}",
        stage,
        unit.unit(),
        unit.campaignId(),
        before.isPresent() ? "found" : "computed");
  }
}
