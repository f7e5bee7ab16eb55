package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.ask.Ask;
import dev.piecrust.ask.BadReply;
import dev.piecrust.ask.Shape;
import dev.piecrust.ask.Shapes;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.ledger.CallContext;
import dev.piecrust.ledger.LlmAnswer;
import dev.piecrust.ledger.LlmClient;
import dev.piecrust.llm.LlmQuestion;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.Stores;
import dev.piecrust.store.ledger.CallLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Asks each model of a campaign one small question, through the ledger like all others, and records
 * as an event what came of it. A campaign asks once: its name is part of the question, so that the
 * cache answers the same campaign and no other.
 */
final class ProbeStep {
  private static final String KIND = "model";
  private static final String INSTRUCTION = "You answer in JSON alone.";
  private static final Shape<Boolean> SHAPE = Shapes.verdict();

  private final LlmClient desk;
  private final Stores stores;
  private final String campaignId;
  private final Runnable alive;

  /**
   * @param alive called while it waits; throws when the work was cancelled
   */
  ProbeStep(LlmClient desk, Stores stores, String campaignId, Runnable alive) {
    this.desk = desk;
    this.stores = stores;
    this.campaignId = campaignId;
    this.alive = alive;
  }

  LlmStep run() {
    CampaignSpec spec = stores.campaigns().spec(campaignId);
    LlmStep worst = LlmStep.done();
    for (LlmSpec llm : spec.askedModels()) {
      LlmStep step = ask(spec, llm.atOnce());
      if (step.state() == LlmStep.State.STOPPED) {
        return step;
      }
      worst = step.state() == LlmStep.State.UNSCORED ? step : worst;
    }
    return worst;
  }

  private LlmStep ask(CampaignSpec spec, LlmSpec llm) {
    CallContext context =
        new CallContext(campaignId, FeatureStages.PROBE, new FeatureId(0, 0), llm, spec.limits());
    Ask<Boolean> ask =
        Ask.of(
            llm,
            INSTRUCTION,
            "Campaign %s asks: is fire hot?".formatted(campaignId),
            SHAPE,
            new LlmQuestion.Probe());
    LlmAnswer answer = answer(context, ask);
    if (answer instanceof LlmAnswer.Reply reply) {
      note(llm, "answers, %s, and %s".formatted(form(reply.text()), usage(reply.call())));
    } else if (answer instanceof LlmAnswer.Later later) {
      note(
          llm,
          "gives no answer now: %s; pruning begins, and explaining waits for it"
              .formatted(later.reason()));
    } else if (answer instanceof LlmAnswer.OverBudget over) {
      note(llm, "was not tried: " + over.reason());
    } else if (answer instanceof LlmAnswer.Stopped stopped) {
      return LlmStep.stopped(stopped.reason());
    } else if (answer instanceof LlmAnswer.Refused refused) {
      return LlmStep.unscored(
          "%s refuses the smallest question: %s".formatted(name(llm), refused.reason()));
    }
    return LlmStep.done();
  }

  /** What may heal by itself is waited for later. */
  private LlmAnswer answer(CallContext context, Ask<Boolean> ask) {
    try {
      return desk.ask(context, List.of(ask.request()), alive).get(0);
    } catch (PieCrustException e) {
      if (e.category() != FailureCategory.EXTERNAL) {
        throw e;
      }
      return new LlmAnswer.Later(Duration.ZERO, String.valueOf(e.getMessage()));
    }
  }

  private static String form(String reply) {
    try {
      boolean unused = SHAPE.read(reply);
      return "keeps to the schema that it is given";
    } catch (BadReply e) {
      return "does not keep to the schema that it is given, so that more replies may be unreadable";
    }
  }

  private String usage(long call) {
    Optional<TokenUsage> usage = stores.views().calls().find(call).flatMap(CallLine::usage);
    return usage.isPresent()
        ? "reports its usage"
        : "reports no usage that can be, so that its calls count at the most that they can cost";
  }

  private void note(LlmSpec llm, String what) {
    stores.campaigns().eventOnce(campaignId, KIND, name(llm) + " " + what);
  }

  private static String name(LlmSpec llm) {
    return "%s's %s at %s".formatted(llm.provider().label(), llm.model(), llm.address());
  }
}
