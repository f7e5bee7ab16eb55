package dev.piecrust.store.rate;

import jakarta.persistence.EntityManager;

/** An endpoint that nobody else changes until this transaction ends. */
public final class LockedEndpoint {
  private final EntityManager em;
  private final LlmEndpointRow row;

  private LockedEndpoint(EntityManager em, LlmEndpointRow row) {
    this.em = em;
    this.row = row;
  }

  /** Locks an endpoint that was made known. */
  public static LockedEndpoint of(EntityManager em, String endpoint) {
    return new LockedEndpoint(em, Endpoints.locked(em, endpoint));
  }

  /** What decides whether a campaign's call may go now. */
  public AdmissionControl admission(String campaignId, RateRequest request, long nowMs) {
    ClockRollback.adjust(em, row, nowMs);
    return new AdmissionControl(
        nowMs,
        new Breaker(row),
        new Shares(em, row.id, campaignId, nowMs),
        Endpoints.within(row, request),
        pace(request));
  }

  /** The call that was let out for this slot did not leave. */
  public void giveBack(RateRequest request, long slotMs) {
    pace(request).giveBack(slotMs);
  }

  /** The call that was let out for this slot was on its way or under work until now. */
  public void endedLate(RateRequest request, long slotMs, long nowMs) {
    pace(request).endedLate(slotMs, nowMs);
  }

  private Pace pace(RateRequest request) {
    return new Pace(em, row, Endpoints.within(row, request));
  }
}
