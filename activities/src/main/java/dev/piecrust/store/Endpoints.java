package dev.piecrust.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What all workers know of the endpoints that answer questions: limits, pauses, failures. */
public final class Endpoints {
  private final Database database;

  Endpoints(Database database) {
    this.database = database;
  }

  /** Makes the endpoint known. */
  public void open(String endpoint, String name) {
    database.run(
        em -> {
          if (em.find(LlmEndpointRow.class, endpoint) == null) {
            em.persist(new LlmEndpointRow(endpoint, name));
          }
        });
  }

  /** The provider wants no calls for so long. */
  public void pause(String endpoint, Duration pause) {
    change(endpoint, (row, now) -> row.blockedMs = Math.max(row.blockedMs, now + pause.toMillis()));
  }

  /** A call failed because of the endpoint: the circuit opens after several of these in a row. */
  public void failed(String endpoint) {
    change(endpoint, (row, now) -> new Breaker(row).failed(now));
  }

  /** A call was answered, with what the provider says of its limits. */
  public void answered(
      String endpoint, Optional<Integer> requestsPerMinute, Optional<Integer> tokensPerMinute) {
    boolean news =
        database.call(
            em -> {
              LlmEndpointRow row = em.find(LlmEndpointRow.class, endpoint);
              return row.failures > 0
                  || differs(row.learntRequests, requestsPerMinute)
                  || differs(row.learntTokens, tokensPerMinute);
            });
    if (news) {
      change(
          endpoint,
          (row, now) -> {
            new Breaker(row).succeeded();
            requestsPerMinute.ifPresent(limit -> row.learntRequests = limit);
            tokensPerMinute.ifPresent(limit -> row.learntTokens = limit);
          });
    }
  }

  /** How many endpoints get no calls because they failed many times in a row. */
  public long openCircuits() {
    return database.call(
        em ->
            em.createQuery(
                    "select count(*) from LlmEndpointRow where failures >= :enough", Long.class)
                .setParameter("enough", Breaker.FAILURES)
                .getSingleResult());
  }

  static LlmEndpointRow locked(EntityManager em, String endpoint) {
    return em.find(LlmEndpointRow.class, endpoint, LockModeType.PESSIMISTIC_WRITE);
  }

  /** The wish under what the provider said of its limits. */
  static PaceWish within(LlmEndpointRow row, PaceWish wish) {
    return wish.within(
        row.learntRequests == null ? Integer.MAX_VALUE : row.learntRequests,
        row.learntTokens == null ? Integer.MAX_VALUE : row.learntTokens);
  }

  private static boolean differs(@Nullable Integer known, Optional<Integer> said) {
    return said.isPresent() && !said.get().equals(known);
  }

  private void change(String endpoint, Change change) {
    database.run(
        em -> {
          LlmEndpointRow row = locked(em, endpoint);
          long now = database.nowMs(em);
          TurnedClock.adjust(em, row, now);
          change.to(row, now);
        });
  }

  private interface Change {
    void to(LlmEndpointRow row, long nowMs);
  }
}
