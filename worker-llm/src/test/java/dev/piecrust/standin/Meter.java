package dev.piecrust.standin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Counts what arrives in every window of 60 seconds, and turns away what is beyond the limits. */
public final class Meter {
  private static final long MINUTE = 60_000_000_000L;

  private final int requestsPerMinute;
  private final int tokensPerMinute;
  private final Deque<Arrival> window = new ArrayDeque<>();
  private final List<Arrival> all = new ArrayList<>();
  private long tokensInWindow;
  private int beyond;

  private record Arrival(long at, long tokens) {}

  public Meter(int requestsPerMinute, int tokensPerMinute) {
    this.requestsPerMinute = requestsPerMinute;
    this.tokensPerMinute = tokensPerMinute;
  }

  /** A request of so many tokens arrives; for how many seconds it is turned away, if it is. */
  synchronized Optional<Long> arrives(long tokens) {
    long now = System.nanoTime();
    while (!window.isEmpty() && window.peek().at() <= now - MINUTE) {
      tokensInWindow -= window.remove().tokens();
    }
    Arrival arrival = new Arrival(now, tokens);
    all.add(arrival);
    window.add(arrival);
    tokensInWindow += tokens;
    if (window.size() > requestsPerMinute || tokensInWindow > tokensPerMinute) {
      beyond++;
      return Optional.of((window.peek().at() + MINUTE - now) / 1_000_000_000 + 1);
    }
    return Optional.empty();
  }

  /** Requests that were one, or had one token, too many for any window of 60 seconds. */
  public synchronized int beyond() {
    return beyond;
  }

  public synchronized int requests() {
    return all.size();
  }

  /**
   * What share of the allowed requests or tokens, whichever is more, arrived: the mean of all
   * windows of 60 seconds that begin with an arrival, and end while there were questions enough.
   *
   * @param last how many arrivals are the last, when there were too few
   */
  public synchronized double used(int last) {
    long end = all.get(all.size() - 1 - last).at();
    return all.stream()
        .mapToLong(Arrival::at)
        .filter(from -> from + MINUTE <= end)
        .mapToDouble(this::usedFrom)
        .average()
        .orElseThrow(() -> new IllegalStateException("there is no such window"));
  }

  private double usedFrom(long from) {
    List<Arrival> during =
        all.stream().filter(a -> a.at() >= from && a.at() < from + MINUTE).toList();
    double tokens = during.stream().mapToLong(Arrival::tokens).sum();
    return Math.max((double) during.size() / requestsPerMinute, tokens / tokensPerMinute);
  }

  /** How many arrived in each ten seconds. */
  public synchronized List<Long> everyTenSeconds() {
    List<Long> counts = new ArrayList<>();
    for (double from = 0; from < seconds(); from += 10) {
      double begin = all.get(0).at() + from * 1e9;
      counts.add(all.stream().filter(a -> a.at() >= begin && a.at() < begin + 1e10).count());
    }
    return counts;
  }

  /** Seconds between the first arrival and the last. */
  public synchronized double seconds() {
    return all.isEmpty() ? 0 : (all.get(all.size() - 1).at() - all.get(0).at()) / 1e9;
  }
}
