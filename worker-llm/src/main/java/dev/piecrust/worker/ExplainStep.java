package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.explain.ExplainPrompt;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.store.FeatureStore;
import java.util.List;
import java.util.Optional;

/** Describes a feature from its evidence, unless its description was made elsewhere. */
final class ExplainStep {
  static final String NEVER_ACTIVE = "the feature is never active in the corpus";

  private final Desk desk;
  private final FeatureStore features;

  ExplainStep(Desk desk, FeatureStore features) {
    this.desk = desk;
    this.features = features;
  }

  LlmStep run() {
    if (madeElsewhere()) {
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
      return unscored(desk.noInput(FeatureStages.EXPLAIN, NEVER_ACTIVE));
    }
    InterpretSpec spec = desk.spec().interpreting();
    return unscored(
        desk.ask(
            FeatureStages.EXPLAIN,
            List.of(ExplainPrompt.ask(evidence.get(), spec)),
            answers -> record(answers.get(0))));
  }

  private boolean madeElsewhere() {
    return features
        .explanation(desk.unit().campaignId(), desk.unit().feature())
        .filter(Explanation::madeElsewhere)
        .isPresent();
  }

  private void record(String description) {
    features.explain(desk.unit().campaignId(), explanation(Optional.of(description), ""));
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
