package dev.piecrust.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Lets one thread of this process at a time ask for its turn at an endpoint, in order of arrival,
 * so that those behind it do not ask the database in vain.
 */
public final class EndpointLocks {
  private final ConcurrentHashMap<String, Semaphore> turnstiles = new ConcurrentHashMap<>();

  /** The turnstile of a campaign at an endpoint: one permit, given in order. */
  public Semaphore of(String endpoint, String campaignId) {
    return turnstiles.computeIfAbsent(endpoint + "/" + campaignId, key -> new Semaphore(1, true));
  }
}
