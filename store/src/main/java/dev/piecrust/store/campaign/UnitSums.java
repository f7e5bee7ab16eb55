package dev.piecrust.store.campaign;

import dev.piecrust.store.database.Moments;
import jakarta.persistence.EntityManager;
import java.time.Instant;

/** Keeps the sums over a stage's units in step with the units, in the same transaction. */
final class UnitSums {
  private UnitSums() {}

  /** A unit of the stage now has so many more done, and failed. */
  static void add(EntityManager em, UnitRecord.Key unit, int done, int failed) {
    Instant now = Moments.now();
    int there =
        em.createQuery(
                "update UnitSumRow set done = done + :done, failed = failed + :failed,"
                    + " updatedAt = :now where key.campaignId = :id and key.stage = :stage")
            .setParameter("done", (long) done)
            .setParameter("failed", (long) failed)
            .setParameter("now", now)
            .setParameter("id", unit.campaignId())
            .setParameter("stage", unit.stage())
            .executeUpdate();
    if (there == 0) {
      StageRow.Key key = new StageRow.Key(unit.campaignId(), unit.stage());
      em.persist(new UnitSumRow(key, done, failed, now));
      em.flush();
    }
  }
}
