package dev.piecrust.store.ledger;

import static java.util.Objects.requireNonNull;

import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.Moments;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The batches of calls that providers answer within a day, at a lower price. */
public final class BatchStore {
  private static final String WAITING =
      "from LlmCallRow where endpoint = :endpoint and state = QUEUED and batchId is null";

  private final Database database;

  /** Of this database. */
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
          // A lease that seems to run for longer was taken before the clock was turned back.
          row.untilMs = Math.min(row.untilMs, now + length.toMillis());
          boolean free = row.untilMs <= now || row.holder.equals(holder);
          if (free) {
            row.holder = holder;
            row.untilMs = now + length.toMillis();
          }
          return free;
        });
  }

  /** How many calls wait for a batch. */
  public long waiting(String endpoint) {
    return database.call(
        em ->
            em.createQuery("select count(*) " + WAITING, Long.class)
                .setParameter("endpoint", endpoint)
                .getSingleResult());
  }

  /**
   * For how long the first of them has waited; zero where none does. Where it seems to come from
   * the future, a clock was turned back, and it has waited long enough.
   */
  public Duration longestWait(String endpoint) {
    return database.call(
        em -> {
          Instant first =
              em.createQuery("select min(reservedAt) " + WAITING, Instant.class)
                  .setParameter("endpoint", endpoint)
                  .getSingleResult();
          return first == null ? Duration.ZERO : Duration.between(first, Moments.now()).abs();
        });
  }

  /** Puts calls that wait into a new batch, the oldest first; returns its id. */
  public String fill(String endpoint, int atMost) {
    return database.call(
        em -> {
          String id = UUID.randomUUID().toString();
          em.persist(new LlmBatchRow(id, endpoint, database.nowMs(em)));
          em.createQuery(WAITING + " order by id", LlmCallRow.class)
              .setParameter("endpoint", endpoint)
              .setMaxResults(atMost)
              .getResultList()
              .forEach(call -> call.batchId = id);
          return id;
        });
  }

  /** The batches of an endpoint that are not closed, the oldest first. */
  public List<BatchInfo> open(String endpoint) {
    return database.call(
        em -> {
          long now = database.nowMs(em);
          return em.createQuery(
                  "from LlmBatchRow where endpoint = :endpoint and state <> CLOSED"
                      + " order by createdMs, id",
                  LlmBatchRow.class)
              .setParameter("endpoint", endpoint)
              .getResultStream()
              .map(
                  row ->
                      new BatchInfo(
                          row.id,
                          row.state,
                          Optional.ofNullable(row.remoteId),
                          row.createdMs,
                          Math.abs(now - row.polledMs)))
              .toList();
        });
  }

  /** What is still to be answered of a batch. */
  public List<BatchItem> items(String batch) {
    return database.call(
        em ->
            unanswered(em, batch).stream()
                .map(call -> new BatchItem(requireNonNull(call.id), requireNonNull(call.body)))
                .toList());
  }

  /** The provider has the batch, under this name. */
  public void submitted(String batch, String remoteId) {
    database.run(
        em -> {
          LlmBatchRow row = em.find(LlmBatchRow.class, batch);
          row.state = BatchState.OPEN;
          row.remoteId = remoteId;
          row.polledMs = database.nowMs(em);
        });
  }

  /** Whether the provider's batch is one of ours already. */
  public boolean known(String remoteId) {
    return database.call(
        em ->
            em.createQuery("select count(*) from LlmBatchRow where remoteId = :id", Long.class)
                    .setParameter("id", remoteId)
                    .getSingleResult()
                > 0);
  }

  /** The provider was asked about the batch just now. */
  public void polled(String batch) {
    database.run(em -> em.find(LlmBatchRow.class, batch).polledMs = database.nowMs(em));
  }

  /** Nothing more comes of the batch: what has no answer waits for another. */
  public void close(String batch) {
    database.run(
        em -> {
          em.find(LlmBatchRow.class, batch).state = BatchState.CLOSED;
          unanswered(em, batch).forEach(call -> call.batchId = null);
        });
  }

  private static List<LlmCallRow> unanswered(EntityManager em, String batch) {
    return em.createQuery(
            "from LlmCallRow where batchId = :batch and state = QUEUED order by id",
            LlmCallRow.class)
        .setParameter("batch", batch)
        .getResultList();
  }
}
