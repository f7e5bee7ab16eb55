package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.fade.FadeInput;
import dev.piecrust.fade.FadeInput.Part;
import dev.piecrust.fade.FadeScorer;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.store.features.FeatureStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Computes and records the scores of a feature from all that is there. Its unit is done only where
 * nothing is missing: what was parked stays parked, so that it is counted and can be retried.
 */
final class ScoreStep {
  private final UnitFiles files;
  private final EvaluateSpec spec;
  private final FeatureStore features;

  ScoreStep(UnitFiles files, EvaluateSpec spec, FeatureStore features) {
    this.files = files;
    this.spec = spec;
    this.features = features;
  }

  /** Whether steering is still to be done. */
  boolean run() {
    FadeScorer scorer = new FadeScorer(input());
    Map<FadeMetric, FadeScore> scores = scorer.scores();
    FeatureUnit unit = files.unit();
    FadeResult result = new FadeResult(unit.feature(), scores);
    features.evaluate(unit.campaignId(), result);
    boolean steer = scorer.steerable(scores) && !files.has(FeatureStages.RATE_STEERED);
    if (!steer
        && files.has(FeatureStages.ACTIVATE)
        && (files.has(FeatureStages.RATE) || silent())) {
      files.write(FeatureStages.EVALUATE, FadeResult.class, List.of(result));
    }
    return steer;
  }

  /** There are no ratings of a feature that is never active, and there will be none. */
  private boolean silent() {
    return files
        .transcript(FeatureStages.RATE)
        .flatMap(LlmTranscript::missing)
        .filter(why -> why.kind() == FadeScore.Kind.NEVER_ACTIVE)
        .isPresent();
  }

  private FadeInput input() {
    return new FadeInput(
        spec,
        part(
            files.readOne(FeatureStages.EVIDENCE, Evidence.class),
            FeatureStages.EVIDENCE,
            "the feature has no evidence"),
        part(
            files.read(FeatureStages.ACTIVATE, ActivatedText.class),
            FeatureStages.WRITE,
            "the texts written for it were not measured"),
        part(
            files.read(FeatureStages.RATE, RatedSample.class),
            FeatureStages.RATE,
            "its natural samples were not rated"),
        part(
            files.read(FeatureStages.RATE_STEERED, RatedContinuation.class),
            FeatureStages.RATE_STEERED,
            "its steered continuations were not rated"));
  }

  private <T> Part<T> part(Optional<T> value, String askedIn, String otherwise) {
    if (value.isPresent()) {
      return new Part.There<>(value.get());
    }
    return new Part.Missing<>(
        files
            .transcript(askedIn)
            .flatMap(LlmTranscript::missing)
            .orElseGet(() -> new FadeScore.Unscored(FadeScore.Kind.NO_INPUT, otherwise)));
  }
}
