package dev.piecrust.ledger;

import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.limit.RateLimits;
import dev.piecrust.limit.TokenCount;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.Bill;
import dev.piecrust.price.Price;
import dev.piecrust.price.PriceTable;
import dev.piecrust.price.ServiceTier;
import dev.piecrust.store.ledger.CallRequest;
import dev.piecrust.store.rate.RateRequest;
import java.math.BigDecimal;
import java.util.Optional;

/** What a question needs before it may be asked: money for its worst case, and a turn. */
final class CallRequests {
  private final PriceTable prices;
  private final TokenCount tokens = new TokenCount();
  private final String worker;

  CallRequests(PriceTable prices, String worker) {
    this.prices = prices;
    this.worker = worker;
  }

  /** For a call at once. */
  CallRequest now(CallContext context, LlmRequest request) {
    return wish(context, request, Optional.empty(), pace(context, request));
  }

  /** For a call in a batch, which will ask this. */
  CallRequest batched(CallContext context, LlmRequest request, String body) {
    return wish(context, request, Optional.of(body), Optional.empty());
  }

  /** What the model of this spec costs, if anybody knows. */
  Optional<Price> price(LlmSpec llm) {
    return prices.price(llm);
  }

  /** What usage a call at once can have. */
  UsageBounds bounds(LlmSpec llm, LlmRequest request) {
    return UsageBounds.of(tokens, llm.provider(), request);
  }

  /** What usage a call in a batch can have, which asked this. */
  UsageBounds bounds(String body) {
    return UsageBounds.of(tokens, body);
  }

  private CallRequest wish(
      CallContext context, LlmRequest request, Optional<String> body, Optional<RateRequest> pace) {
    LlmSpec llm = context.llm();
    Optional<BigDecimal> worst =
        price(llm)
            .map(
                price ->
                    Bill.worstCase(
                        price,
                        tokens.atMost(llm.provider(), request),
                        request.maxOutputTokens(),
                        dearestTier(llm.schedule())));
    return new CallRequest(
        context.campaignId(),
        context.stage(),
        context.feature(),
        CacheKey.endpoint(llm),
        llm.provider().label(),
        request.model(),
        CacheKey.of(llm, request),
        worst,
        worker,
        pace,
        body);
  }

  /** What asks for flex may be served, and charged, at the list price. */
  private static ServiceTier dearestTier(LlmSchedule schedule) {
    return schedule == LlmSchedule.BATCH ? ServiceTier.BATCH : ServiceTier.REALTIME;
  }

  private Optional<RateRequest> pace(CallContext context, LlmRequest request) {
    return context.llm().provider().baseline()
        ? Optional.empty()
        : Optional.of(
            RateLimits.wish(
                context.limits(),
                tokens.ofRate(context.llm().provider(), request) + request.maxOutputTokens()));
  }
}
