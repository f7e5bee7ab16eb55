package dev.piecrust.bench.llm;

import java.util.List;
import java.util.Locale;

/**
 * What was measured.
 *
 * @param limitPerMinute requests that were allowed
 * @param callsPerMinute calls that were made, all threads together
 * @param serverMs what the server took for a call
 * @param callMs what a call took in all, one after another and far from any limit
 * @param ledgerMs what reserving and settling took of that, measured with answers at once
 * @param cachedMs what an answer from the cache took
 * @param calls calls in each mean
 */
public record LlmBenchReport(
    int limitPerMinute,
    double callsPerMinute,
    double serverMs,
    double callMs,
    double ledgerMs,
    double cachedMs,
    int calls) {
  /** What a call takes beside the server's own time, in ms. */
  public double overheadMs() {
    return callMs - serverMs;
  }

  /** The report as people read it. */
  public List<String> lines() {
    return List.of(
        line("calls per minute", callsPerMinute, "of %d allowed".formatted(limitPerMinute)),
        line("overhead per call, ms", overheadMs(), "beside the server's %.1f".formatted(serverMs)),
        line("ledger per call, ms", ledgerMs, "reserve and settle, two transactions"),
        line("cached answer, ms", cachedMs, "no reservation, no call"));
  }

  private static String line(String what, double figure, String beside) {
    return String.format(Locale.ROOT, "%-24s %10.1f   %s", what, figure, beside);
  }
}
