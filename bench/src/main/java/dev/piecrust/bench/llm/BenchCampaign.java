package dev.piecrust.bench.llm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.ledger.CallContext;
import dev.piecrust.llm.LlmMessage;
import dev.piecrust.llm.LlmQuestion;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.Price;
import dev.piecrust.store.Stores;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The campaign for which the benchmark asks, and what it asks. */
final class BenchCampaign {
  private static final String ID = "bench";
  private static final BigDecimal CAP = new BigDecimal(1_000);

  private BenchCampaign() {}

  static void create(Stores stores) {
    CampaignSpec spec =
        new CampaignSpec(
            ID,
            new SubjectSpec("none", "none"),
            List.of(new TaskSpec("none", TaskKind.IOI, 1, 0, Optional.empty())),
            PruneSpec.defaults(),
            limits(1));
    stores.campaigns().create(ID, spec);
  }

  /** For calls to this endpoint under this limit. */
  static CallContext context(String baseUrl, int requestsPerMinute) {
    LlmSpec base = LlmSpec.of(LlmProviderKind.OPENAI, ID);
    BigDecimal one = BigDecimal.ONE;
    LlmSpec llm =
        new LlmSpec(
            base.provider(),
            base.model(),
            Optional.of(baseUrl),
            base.apiKeyEnv(),
            base.schedule(),
            base.temperature(),
            base.maxOutputTokens(),
            base.concurrency(),
            base.timeoutSeconds(),
            Optional.of(new Price(one, one, one, one, one)),
            base.unpriced());
    return new CallContext(ID, "explain", new FeatureId(0, 0), llm, limits(requestsPerMinute));
  }

  /** A question that only this number repeats. */
  static LlmRequest request(int number) {
    return new LlmRequest(
        ID,
        List.of(new LlmMessage(LlmMessage.Role.USER, "Is " + number + " a number?")),
        Optional.empty(),
        100,
        "answer",
        JsonNodeFactory.instance.objectNode().put("type", "object"),
        new LlmQuestion.Rate("numbers", List.of(String.valueOf(number))));
  }

  private static LimitsSpec limits(int requestsPerMinute) {
    return new LimitsSpec(
        Optional.of(CAP),
        Optional.of(requestsPerMinute),
        Optional.of(Integer.MAX_VALUE),
        LimitsSpec.defaults().failureShare());
  }
}
