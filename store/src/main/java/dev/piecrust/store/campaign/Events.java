package dev.piecrust.store.campaign;

import dev.piecrust.store.database.Moments;
import jakarta.persistence.EntityManager;

/** What happens to campaigns, recorded within somebody else's transaction. */
public final class Events {
  private Events() {}

  /** Records that something happened to a campaign that there is. */
  public static void add(
      EntityManager em, String campaignId, String kind, String message, String who) {
    em.persist(new EventRow(campaignId, Moments.now(), kind, message, who));
  }

  /** Whether something of this kind happened to it. */
  public static boolean any(EntityManager em, String campaignId, String kind) {
    return em.createQuery(
                "select count(*) from EventRow where campaignId = :id and kind = :kind", Long.class)
            .setParameter("id", campaignId)
            .setParameter("kind", kind)
            .getSingleResult()
        > 0;
  }
}
