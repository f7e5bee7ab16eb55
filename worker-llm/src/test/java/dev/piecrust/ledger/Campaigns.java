package dev.piecrust.ledger;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.price.Price;
import dev.piecrust.store.Stores;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Campaigns for which questions are asked. */
public final class Campaigns {
  /**
   * USD a million: 1 for input, 0.1 for cached input, 10 for output and reasoning; batches half.
   */
  public static final Price PRICE =
      new Price(
          BigDecimal.ONE,
          new BigDecimal("0.1"),
          BigDecimal.TEN,
          BigDecimal.TEN,
          new BigDecimal("0.5"));

  private Campaigns() {}

  /** Records a campaign with this cap and these limits. */
  public static void create(Stores stores, String id, LimitsSpec limits) {
    CampaignSpec spec =
        new CampaignSpec(
            "asks",
            new SubjectSpec("/models/tiny", "/models/tiny-clt"),
            List.of(new TaskSpec("ioi", TaskKind.IOI, 20, 7, Optional.empty())),
            PruneSpec.defaults(),
            limits);
    stores.campaigns().create(id, spec);
  }

  /** A cap in USD, and no limits of rates. */
  public static LimitsSpec cap(String usd) {
    return new LimitsSpec(
        Optional.of(new BigDecimal(usd)), Optional.empty(), Optional.empty(), 0.2);
  }

  /** A cap in USD, and limits of requests and tokens a minute. */
  public static LimitsSpec limits(String usd, int requests, int tokens) {
    return new LimitsSpec(
        Optional.of(new BigDecimal(usd)), Optional.of(requests), Optional.of(tokens), 0.2);
  }

  /** One of OpenAI's models under {@link #PRICE}. */
  public static LlmSpec openAi(Optional<String> baseUrl) {
    return llm(LlmProviderKind.OPENAI, "gpt-5.4", baseUrl, LlmSchedule.REALTIME, 3);
  }

  /** One of OpenAI's models, whose key this variable of the environment holds. */
  public static LlmSpec keyed(String variable) {
    return keyed(openAi(Optional.empty()), variable);
  }

  /** The same endpoint, whose key this variable of the environment holds. */
  public static LlmSpec keyed(LlmSpec base, String variable) {
    return new LlmSpec(
        base.provider(),
        base.model(),
        base.baseUrl(),
        Optional.of(variable),
        base.schedule(),
        base.temperature(),
        base.maxOutputTokens(),
        base.concurrency(),
        base.timeoutSeconds(),
        base.price(),
        base.unpriced());
  }

  /** A model under {@link #PRICE}. */
  public static LlmSpec llm(
      LlmProviderKind provider,
      String model,
      Optional<String> baseUrl,
      LlmSchedule schedule,
      int timeoutSeconds) {
    return new LlmSpec(
        provider,
        model,
        baseUrl,
        Optional.empty(),
        schedule,
        Optional.empty(),
        100,
        16,
        timeoutSeconds,
        Optional.of(PRICE),
        false);
  }

  /** For whom a call is made: stage {@code explain}, feature (3, 14). */
  public static CallContext context(String campaignId, LlmSpec llm, LimitsSpec limits) {
    return new CallContext(campaignId, "explain", new FeatureId(3, 14), llm, limits);
  }
}
