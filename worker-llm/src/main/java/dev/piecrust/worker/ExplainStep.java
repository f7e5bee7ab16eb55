package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.explain.ExplainPrompt;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.store.features.FeatureStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Describes a feature from its evidence, unless its description was made elsewhere. */
final class ExplainStep {
  private final UnitRunner desk;
  private final FeatureStore features;

  ExplainStep(UnitRunner desk, FeatureStore features) {
    this.desk = desk;
    this.features = features;
  }

  LlmStep run() {
    Optional<Explanation> there =
        features.explanation(desk.unit().campaignId(), desk.unit().feature());
    if (desk.files().has(FeatureStages.EXPLAIN)) {
      return there
          .filter(told -> told.description().isEmpty())
          .map(told -> LlmStep.nothing(told.reason()))
          .orElseGet(LlmStep::done);
    }
    if (there.filter(Explanation::madeElsewhere).isPresent()) {
      LlmTranscript nothingSaid = new LlmTranscript(List.of(), Optional.empty());
      desk.files().write(FeatureStages.EXPLAIN, LlmTranscript.class, List.of(nothingSaid));
      return LlmStep.done();
    }
    UnitFiles files = desk.files();
    Optional<Evidence> evidence = files.readOne(FeatureStages.EVIDENCE, Evidence.class);
    if (evidence.isEmpty()) {
      return unscored(desk.noInput(FeatureStages.EXPLAIN, "the feature has no evidence"));
    }
    if (evidence.get().maximum() == 0) {
      return neverActive();
    }
    InterpretSpec spec = desk.spec().interpreting();
    return unscored(
        desk.ask(
            FeatureStages.EXPLAIN,
            List.of(ExplainPrompt.ask(evidence.get(), spec)),
            answers -> record(answers.get(0))));
  }

  /** A result like another: the unit is done, and so is its evaluation. */
  private LlmStep neverActive() {
    String campaignId = desk.unit().campaignId();
    LlmStep step = desk.neverActive(FeatureStages.EXPLAIN);
    features.explain(campaignId, explanation(Optional.empty(), step.reason()));
    if (desk.spec().evaluate().isPresent()) {
      Map<FadeMetric, FadeScore> scores = new EnumMap<>(FadeMetric.class);
      for (FadeMetric metric : FadeMetric.values()) {
        scores.put(metric, new FadeScore.Unscored(FadeScore.Kind.NEVER_ACTIVE, step.reason()));
      }
      features.evaluate(campaignId, new FadeResult(desk.unit().feature(), scores));
    }
    keepTranscript();
    return step;
  }

  private void record(String description) {
    features.explain(desk.unit().campaignId(), explanation(Optional.of(description), ""));
    keepTranscript();
  }

  private void keepTranscript() {
    LlmTranscript transcript = desk.files().transcript(FeatureStages.EXPLAIN).orElseThrow();
    desk.files().write(FeatureStages.EXPLAIN, LlmTranscript.class, List.of(transcript));
  }

  private LlmStep unscored(LlmStep step) {
    if (step.state() == LlmStep.State.UNSCORED) {
      features.explain(desk.unit().campaignId(), explanation(Optional.empty(), step.reason()));
    }
    return step;
  }

  private Explanation explanation(Optional<String> description, String reason) {
    LlmSpec llm = desk.llm(LlmRole.EXPLAIN);
    return new Explanation(
        desk.unit().feature(),
        llm.provider().label(),
        llm.model(),
        llm.provider().baseline(),
        description,
        reason);
  }
}
