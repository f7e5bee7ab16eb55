package dev.piecrust.bench.devices;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast the same campaign is on more and more devices.
 *
 * @param temporal which server the simulated campaigns ran on; the measured ones ran on that in the
 *     program
 * @param prompts of each measured campaign
 * @param measured on this machine's cores, one thread a worker
 * @param simulated on devices that sleep for the time of a batch
 * @param batchSeconds that time
 * @param overheadMs median milliseconds between two batches of a device, of the last of those runs
 * @param delays when simulated devices come and go
 * @param twice batches that were done by two devices, where one was told to stop
 */
public record DevicesReport(
    String temporal,
    int prompts,
    List<Run> measured,
    List<Run> simulated,
    double batchSeconds,
    double overheadMs,
    List<Delay> delays,
    int twice) {
  /** Of the measured runs, with two workers on two cores. */
  private static final double GOAL_OF_TWO = 1.8;

  /** Of the simulated ones, of as many times as there are devices. */
  private static final double GOAL_SHARE = 0.9;

  private static final double GOAL_OVERHEAD_MS = 20;

  public DevicesReport {
    measured = List.copyOf(measured);
    simulated = List.copyOf(simulated);
    delays = List.copyOf(delays);
  }

  /**
   * How long something takes.
   *
   * @param goal in seconds, at most
   */
  public record Delay(String what, double seconds, double goal) {
    private String line() {
      return text("%s %.1f s", what, seconds)
          + (seconds > goal ? text("  MISSED, goal %.0f s", goal) : "");
    }
  }

  /**
   * One campaign.
   *
   * @param speedup over the first run of its list, times that one's workers
   */
  public record Run(int workers, double seconds, double speedup) {
    /** This run beside the first of its list. */
    static Run of(int workers, double seconds, List<Run> before) {
      Run first = before.isEmpty() ? new Run(workers, seconds, workers) : before.get(0);
      return new Run(workers, seconds, first.workers() * first.seconds() / seconds);
    }
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines =
        new ArrayList<>(List.of(text("measured: a campaign of %d prompts", prompts)));
    for (Run run : measured) {
      boolean missed = run.workers() == 2 && run.speedup() < GOAL_OF_TWO;
      lines.add(line("measured", run) + (missed ? text("  MISSED, goal %.1f x", GOAL_OF_TWO) : ""));
    }
    lines.add(text("simulated devices, %.2f s a batch, Temporal: %s", batchSeconds, temporal));
    for (Run run : simulated) {
      double goal = GOAL_SHARE * run.workers();
      lines.add(
          line("simulated", run)
              + (run.speedup() < goal ? text("  MISSED, goal %.1f x", goal) : ""));
    }
    lines.add(
        text("between two batches of a device, p50: %.0f ms", overheadMs)
            + (overheadMs > GOAL_OVERHEAD_MS
                ? text("  MISSED, goal %.0f ms", GOAL_OVERHEAD_MS)
                : ""));
    delays.forEach(delay -> lines.add(delay.line()));
    lines.add(
        text("batches that a device that was told to stop did too: %d", twice)
            + (twice > 0 ? "  MISSED, goal 0" : ""));
    return lines;
  }

  private static String line(String kind, Run run) {
    return text(
        "%s, %2d %s: %7.1f s, %5.2f x",
        kind,
        run.workers(),
        run.workers() == 1 ? "worker " : "workers",
        run.seconds(),
        run.speedup());
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
