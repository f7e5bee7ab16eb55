package dev.piecrust.store.ledger;

import dev.piecrust.store.database.Database;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which workers are alive; and what the dead ones left behind. A worker is dead once this process
 * has watched it for long enough without a sign of life: no clock that others may turn is part of
 * that.
 */
public final class LlmWorkers {
  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

  private final Database database;
  private final CallMeters meters;
  private final WorkerTimeouts silences;

  /** Of this database, counting by these meters. */
  public LlmWorkers(Database database, MeterRegistry meters) {
    this(database, meters, System::nanoTime);
  }

  /**
   * Of this database, by a clock.
   *
   * @param nanos a clock that only goes forward
   */
  public LlmWorkers(Database database, MeterRegistry meters, LongSupplier nanos) {
    this.database = database;
    this.meters = new CallMeters(meters);
    this.silences = new WorkerTimeouts(nanos);
  }

  /** This worker is alive. */
  public void beat(String worker) {
    database.run(
        em -> {
          LlmWorkerRow row = em.find(LlmWorkerRow.class, worker);
          if (row == null) {
            row = new LlmWorkerRow(worker);
            em.persist(row);
          }
          row.seenMs = database.nowMs(em);
        });
  }

  /**
   * Marks the calls of workers that were silent for this long as lost: they may have been paid for,
   * and whoever wants their answers makes them anew. The silence begins when this process first
   * asks.
   *
   * @return how many calls were lost
   */
  public int bury(Duration silence) {
    List<LlmCallRow> buried = database.call(em -> bury(em, silence));
    buried.forEach(meters::ended);
    return buried.size();
  }

  /**
   * This worker ends: calls of its that are still open may have been paid for, and others may make
   * them at once, and drive its batches.
   *
   * @return how many calls were lost
   */
  public int leave(String worker) {
    List<LlmCallRow> left =
        database.call(
            em -> {
              em.createQuery("delete from LlmLeaseRow where holder = :worker")
                  .setParameter("worker", worker)
                  .executeUpdate();
              em.createQuery("delete from LlmWorkerRow where id = :worker")
                  .setParameter("worker", worker)
                  .executeUpdate();
              return lose(em, List.of(worker), "its worker stopped");
            });
    left.forEach(meters::ended);
    return left.size();
  }

  private List<LlmCallRow> bury(EntityManager em, Duration silence) {
    long now = database.nowMs(em);
    List<LlmCallRow> lost = lose(em, silences.longer(silence, signs(em)), "its worker died");
    em.createQuery("delete from LlmWorkerRow where seenMs < :long")
        .setParameter("long", now - FORGOTTEN_AFTER.toMillis())
        .executeUpdate();
    return lost;
  }

  /** The last sign of life of each worker that has calls under way. */
  private static Map<String, Long> signs(EntityManager em) {
    Map<String, Long> signs = new HashMap<>();
    em.createQuery(
            "select distinct c.worker, w.seenMs from LlmCallRow c left join LlmWorkerRow w"
                + " on w.id = c.worker where c.state = :reserved",
            Object[].class)
        .setParameter("reserved", CallState.RESERVED)
        .getResultList()
        .forEach(row -> signs.put((String) row[0], row[1] == null ? 0L : (Long) row[1]));
    return signs;
  }

  private static List<LlmCallRow> lose(
      EntityManager em, Collection<String> workers, String reason) {
    List<LlmCallRow> stale =
        em.createQuery(
                "from LlmCallRow c where c.state = :reserved and c.worker in :workers"
                    + " order by c.campaignId, c.id",
                LlmCallRow.class)
            .setParameter("reserved", CallState.RESERVED)
            .setParameter("workers", workers)
            .getResultList();
    return stale.stream().filter(call -> lose(em, call, reason)).toList();
  }

  private static boolean lose(EntityManager em, LlmCallRow stale, String reason) {
    LlmAccountRow account = Accounts.locked(em, stale.campaignId);
    em.refresh(stale);
    if (stale.state == CallState.RESERVED) {
      return CallSums.changed(
          em,
          stale,
          call -> {
            Settlements.lose(account, call, reason);
            return true;
          });
    }
    return false;
  }
}
