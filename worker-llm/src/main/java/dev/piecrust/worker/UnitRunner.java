package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.ask.Ask;
import dev.piecrust.ask.Asked;
import dev.piecrust.ask.Asker;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.ledger.CallContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs a step of one unit: asks, keeps what was said, and has the answers recorded.
 *
 * @param alive called while it waits; throws when the work was cancelled
 */
record UnitRunner(
    Asker asker, CampaignSpec spec, FeatureUnit unit, UnitFiles files, Runnable alive) {
  static final String NEVER_ACTIVE = "the feature is never active in the corpus";

  /** Asks for a stage; {@code record} gets the answers, in order, once all are there. */
  <T> LlmStep ask(String stage, List<Ask<T>> asks, Consumer<List<T>> record) {
    CallContext context =
        new CallContext(unit.campaignId(), stage, unit.feature(), llm(role(stage)), spec.limits());
    Asked<T> asked = asker.ask(context, asks, alive);
    if (asked instanceof Asked.Answered<T> answered) {
      files.write(stage, new LlmTranscript(answered.exchanges(), Optional.empty()));
      record.accept(answered.answers());
      return LlmStep.done();
    }
    if (asked instanceof Asked.Missing<T> missing) {
      files.write(stage, new LlmTranscript(missing.exchanges(), Optional.of(missing.why())));
      return LlmStep.unscored(missing.why().reason());
    }
    return ((Asked.Pending<T>) asked).step();
  }

  /** The model of a role. */
  LlmSpec llm(LlmRole role) {
    return spec.interpreting().llm(role);
  }

  private static LlmRole role(String stage) {
    return switch (stage) {
      case FeatureStages.EXPLAIN -> LlmRole.EXPLAIN;
      case FeatureStages.WRITE -> LlmRole.WRITE;
      case FeatureStages.RATE, FeatureStages.RATE_STEERED -> LlmRole.RATE;
      default -> throw new IllegalArgumentException(stage + " asks nobody");
    };
  }

  /** Records that the feature is never active, so that there is nothing to ask about. */
  LlmStep neverActive(String stage) {
    record(stage, FadeScore.Kind.NEVER_ACTIVE, NEVER_ACTIVE);
    return LlmStep.nothing(NEVER_ACTIVE);
  }

  /** Records that there is nothing to ask about, which should not be. */
  LlmStep noInput(String stage, String reason) {
    record(stage, FadeScore.Kind.NO_INPUT, reason);
    return LlmStep.unscored(reason);
  }

  private void record(String stage, FadeScore.Kind kind, String reason) {
    FadeScore.Unscored why = new FadeScore.Unscored(kind, reason);
    files.write(stage, new LlmTranscript(List.of(), Optional.of(why)));
  }
}
