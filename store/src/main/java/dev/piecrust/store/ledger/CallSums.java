package dev.piecrust.store.ledger;

import jakarta.persistence.EntityManager;
import java.util.function.Predicate;

/**
 * Keeps the sums over a campaign's calls in step with the calls, in the same transaction. Who
 * begins or ends a call has locked the campaign's account.
 */
final class CallSums {
  private static final String ADD =
      "update LlmSumRow set openCalls = openCalls + :open, settled = settled + :settled, released ="
          + " released + :released, lost = lost + :lost, unreported = unreported + :unreported,"
          + " unpriced = unpriced + :unpriced, hits = hits + :hits, inputTokens = inputTokens +"
          + " :input, cachedInputTokens = cachedInputTokens + :cachedInput, cacheWriteTokens ="
          + " cacheWriteTokens + :cacheWrite, outputTokens = outputTokens + :output,"
          + " reasoningTokens = reasoningTokens + :reasoning, usd = usd + :usd, unknownUsd ="
          + " unknownUsd + :unknownUsd, reservedUsd = reservedUsd + :reservedUsd where"
          + " key.campaignId = :campaign and key.stage = :stage and key.provider = :provider and"
          + " key.model = :model";

  private CallSums() {}

  static void began(EntityManager em, LlmCallRow call) {
    add(em, key(call), CallParts.of(call));
  }

  /** Adds what a change of a call makes of it; returns what the change returns. */
  static boolean changed(EntityManager em, LlmCallRow call, Predicate<LlmCallRow> change) {
    CallParts before = CallParts.of(call);
    boolean news = change.test(call);
    CallParts difference = CallParts.of(call).minus(before);
    if (news) {
      add(em, key(call), difference);
    }
    return news;
  }

  static void hit(EntityManager em, LlmHitRow.Key hit) {
    add(
        em,
        new LlmSumRow.Key(hit.campaignId(), hit.stage(), hit.provider(), hit.model()),
        CallParts.HIT);
  }

  private static LlmSumRow.Key key(LlmCallRow call) {
    return new LlmSumRow.Key(call.campaignId, call.stage, call.provider, call.model);
  }

  private static void add(EntityManager em, LlmSumRow.Key key, CallParts parts) {
    int there =
        em.createQuery(ADD)
            .setParameter("open", parts.open())
            .setParameter("settled", parts.settled())
            .setParameter("released", parts.released())
            .setParameter("lost", parts.lost())
            .setParameter("unreported", parts.unreported())
            .setParameter("unpriced", parts.unpriced())
            .setParameter("hits", parts.hits())
            .setParameter("input", parts.input())
            .setParameter("cachedInput", parts.cachedInput())
            .setParameter("cacheWrite", parts.cacheWrite())
            .setParameter("output", parts.output())
            .setParameter("reasoning", parts.reasoning())
            .setParameter("usd", parts.usd())
            .setParameter("unknownUsd", parts.unknownUsd())
            .setParameter("reservedUsd", parts.reservedUsd())
            .setParameter("campaign", key.campaignId())
            .setParameter("stage", key.stage())
            .setParameter("provider", key.provider())
            .setParameter("model", key.model())
            .executeUpdate();
    if (there == 0) {
      em.persist(new LlmSumRow(key, parts));
      em.flush();
    }
  }
}
