package dev.piecrust.store;

import jakarta.persistence.LockModeType;
import java.time.Duration;

/** The batches of calls that providers answer within a day, at a lower price. */
public final class BatchStore {
  private final Database database;

  public BatchStore(Database database) {
    this.database = database;
  }

  /**
   * Takes or keeps a lease, so that of all workers only one drives an endpoint's batches.
   *
   * @return whether this holder has it now
   */
  public boolean lease(String name, String holder, Duration length) {
    return database.call(
        em -> {
          LlmLeaseRow row = em.find(LlmLeaseRow.class, name, LockModeType.PESSIMISTIC_WRITE);
          if (row == null) {
            row = new LlmLeaseRow(name);
            em.persist(row);
          }
          long now = database.nowMs(em);
          boolean free = row.untilMs <= now || row.holder.equals(holder);
          if (free) {
            row.holder = holder;
            row.untilMs = now + length.toMillis();
          }
          return free;
        });
  }
}
