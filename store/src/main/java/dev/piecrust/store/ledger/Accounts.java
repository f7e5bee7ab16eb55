package dev.piecrust.store.ledger;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.campaign.Events;
import dev.piecrust.store.database.Database;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What campaigns may spend on language models, and what they spent. */
public final class Accounts {
  private final Database database;

  /** Of this database. */
  public Accounts(Database database) {
    this.database = database;
  }

  /** What the campaign may spend, in USD; empty where its spec names no cap. */
  public Optional<BigDecimal> cap(String campaignId) {
    return database.call(em -> Optional.ofNullable(opened(em, campaignId).capUsd));
  }

  /**
   * Raises the cap, which is recorded as an event; an amount that is not above the present cap is a
   * user error.
   *
   * @param usd the new cap, not what is added to the old one
   * @param who the person that did it
   */
  public void raise(String campaignId, BigDecimal usd, String who) {
    database.run(
        em -> {
          LlmAccountRow account = locked(em, campaignId);
          BigDecimal cap = account.capUsd;
          if (usd.signum() < 0 || (cap != null && usd.compareTo(cap) <= 0)) {
            throw user(
                "the cap of campaign %s is %s USD, expected more than that, not %s",
                campaignId, plain(cap), plain(usd));
          }
          account.capUsd = usd;
          String message = "cap raised from %s to %s USD".formatted(plain(cap), plain(usd));
          Events.add(em, campaignId, "budget", message, who);
        });
  }

  /** What the campaign spent; an unknown id is a user error. */
  public Spend spend(String campaignId) {
    return database.call(
        em -> {
          LlmAccountRow account = opened(em, campaignId);
          Object[] counts =
              em.createQuery(
                      "select coalesce(sum(settled), 0L), coalesce(sum(unpriced), 0L),"
                          + " coalesce(sum(lost), 0L), coalesce(sum(hits), 0L) from LlmSumRow"
                          + " where key.campaignId = :id",
                      Object[].class)
                  .setParameter("id", campaignId)
                  .getSingleResult();
          return new Spend(
              Optional.ofNullable(account.capUsd),
              account.spentUsd,
              account.reservedUsd,
              account.unknownUsd,
              ((Number) counts[0]).longValue(),
              ((Number) counts[1]).longValue(),
              ((Number) counts[2]).longValue(),
              ((Number) counts[3]).longValue());
        });
  }

  /** The account, made from the campaign's spec where there is none yet. */
  static LlmAccountRow opened(EntityManager em, String campaignId) {
    LlmAccountRow there = em.find(LlmAccountRow.class, campaignId);
    if (there != null) {
      return there;
    }
    CampaignSpec spec = CampaignStore.spec(em, campaignId);
    LlmAccountRow added = new LlmAccountRow(campaignId, spec.limits().usd().orElse(null));
    em.persist(added);
    em.flush();
    return added;
  }

  /**
   * The account as nobody else changes it until this transaction ends, which reads it only here.
   */
  static LlmAccountRow locked(EntityManager em, String campaignId) {
    LlmAccountRow there = em.find(LlmAccountRow.class, campaignId, LockModeType.PESSIMISTIC_WRITE);
    return there == null ? opened(em, campaignId) : there;
  }

  /** An amount as people write it. */
  static String plain(@Nullable BigDecimal usd) {
    return usd == null ? "no" : usd.stripTrailingZeros().toPlainString();
  }
}
