package dev.piecrust.store.rate;

import dev.piecrust.store.database.Database;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** What all workers know of the endpoints that answer questions: limits, pauses, failures. */
public final class Endpoints {
  /** The entities of this package. */
  public static final List<Class<?>> ROWS =
      List.of(LlmEndpointRow.class, LlmGrantRow.class, LlmShareRow.class);

  /**
   * An endpoint that nobody has tried for so long is not waited for: its campaigns do something
   * else. A call ends in less.
   */
  private static final long TRIED_MS = 180_000;

  /** After so many failures in a row an endpoint counts as away. */
  public static final int FAILURES = 8;

  /** How long after its turn a call may end and still have arrived in time for it. */
  public static final Duration ON_TIME = Duration.ofMillis(Pace.ON_TIME_MS);

  private final Database database;

  /** Of this database. */
  public Endpoints(Database database) {
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

  /**
   * A call failed because of the endpoint: the circuit opens after several of these in a row.
   *
   * @param nothingThere whether not even a connection could be made, and then it opens at once
   * @param said what happened, in a sentence without secrets
   */
  public EndpointFailure failed(String endpoint, boolean nothingThere, String said) {
    return changed(endpoint, (row, now) -> new Breaker(row).failed(now, nothingThere, said));
  }

  /** How long the endpoint wants no calls, for callers that need no rate; empty if one may go. */
  public Optional<Wait> closed(String endpoint) {
    return changed(endpoint, (row, now) -> new Breaker(row).check(now));
  }

  /** The endpoints that are tried and give no answers, by campaigns that have asked there. */
  public Map<String, Outage> outages() {
    return database.call(
        em -> {
          List<LlmEndpointRow> away =
              em.createQuery("from LlmEndpointRow where failures >= :enough", LlmEndpointRow.class)
                  .setParameter("enough", FAILURES)
                  .getResultList();
          Map<String, Outage> outages = new HashMap<>();
          long asked = database.nowMs(em) - TRIED_MS;
          away.stream()
              .filter(row -> Math.max(row.openMs, row.probeMs) >= asked)
              .forEach(row -> campaigns(em, row).forEach(id -> outages.put(id, outage(row))));
          return outages;
        });
  }

  private static Outage outage(LlmEndpointRow row) {
    return new Outage(
        row.name,
        Instant.ofEpochMilli(row.downMs),
        row.said,
        Instant.ofEpochMilli(Math.max(row.openMs, row.blockedMs)));
  }

  /** Those with a share of it, and those that have calls queued for its batches. */
  private static Set<String> campaigns(EntityManager em, LlmEndpointRow row) {
    Set<String> ids =
        new HashSet<>(
            em.createQuery(
                    "select key.campaignId from LlmShareRow where key.endpoint = :endpoint",
                    String.class)
                .setParameter("endpoint", row.id)
                .getResultList());
    List<?> queued =
        em.createNativeQuery(
                "select distinct campaign_id from llm_call"
                    + " where state = 'QUEUED' and endpoint = :endpoint")
            .setParameter("endpoint", row.id)
            .getResultList();
    queued.forEach(id -> ids.add(id.toString()));
    return ids;
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
                .setParameter("enough", FAILURES)
                .getSingleResult());
  }

  static LlmEndpointRow locked(EntityManager em, String endpoint) {
    return em.find(LlmEndpointRow.class, endpoint, LockModeType.PESSIMISTIC_WRITE);
  }

  /** The wish under what the provider said of its limits. */
  static RateRequest within(LlmEndpointRow row, RateRequest wish) {
    return wish.within(
        row.learntRequests == null ? Integer.MAX_VALUE : row.learntRequests,
        row.learntTokens == null ? Integer.MAX_VALUE : row.learntTokens);
  }

  private static boolean differs(@Nullable Integer known, Optional<Integer> said) {
    return said.isPresent() && !said.get().equals(known);
  }

  private void change(String endpoint, ObjLongConsumer<LlmEndpointRow> change) {
    boolean unused =
        changed(
            endpoint,
            (row, now) -> {
              change.accept(row, now);
              return true;
            });
  }

  private <T> T changed(String endpoint, Change<T> change) {
    return database.call(
        em -> {
          LlmEndpointRow row = locked(em, endpoint);
          long now = database.nowMs(em);
          ClockRollback.adjust(em, row, now);
          return change.to(row, now);
        });
  }

  private interface Change<T> {
    T to(LlmEndpointRow row, long nowMs);
  }
}
