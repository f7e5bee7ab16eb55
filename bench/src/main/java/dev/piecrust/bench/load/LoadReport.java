package dev.piecrust.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What the crowd was answered, and what it cost.
 *
 * @param p50 of the readers' requests, in milliseconds
 * @param errors what should not have been, in words
 * @param cutOff how many times a slow client's connection was closed
 * @param uploads of 1 GB, with its length said first and in chunks
 * @param undisturbedSeconds of the campaign before the crowd came and after it was gone
 * @param besideSeconds of the campaign beside the crowd
 * @param heap in use after a collection
 * @param resident memory that the process holds
 * @param peakResident while the crowd was there
 */
public record LoadReport(
    LoadSize size,
    int requests,
    double p50,
    double p95,
    List<String> errors,
    int cutOff,
    List<Upload> uploads,
    List<Double> undisturbedSeconds,
    double besideSeconds,
    Memory heap,
    Memory resident,
    OptionalLong peakResident) {
  private static final double P95_MS = 1000;
  private static final double THROUGHPUT = 0.9;
  private static final double GROWTH = 1.1;
  private static final int TOO_LARGE = 413;

  /** Far less than the upload, and more than what the system's buffers take. */
  private static final long EARLY_BYTES = 64L << 20;

  private static final double MB = 1e6;

  public LoadReport {
    errors = List.copyOf(errors);
    uploads = List.copyOf(uploads);
    undisturbedSeconds = List.copyOf(undisturbedSeconds);
  }

  /** Bytes before the crowd came, and after it was gone; empty where nobody can tell. */
  public record Memory(OptionalLong before, OptionalLong after) {
    boolean flat() {
      return before.isEmpty()
          || after.isEmpty()
          || after.getAsLong() <= GROWTH * before.getAsLong();
    }

    String words() {
      return "%s before, %s after".formatted(megabytes(before), megabytes(after));
    }
  }

  /** The campaign's share of its undisturbed speed. */
  public double throughput() {
    return undisturbedSeconds.stream().mapToDouble(s -> s).average().orElse(0) / besideSeconds;
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "%d readers, %d streams of events, %d slow clients, two uploads of 1 GB, and a campaign"
                + " of %d prompts",
            size.readers(), size.streams(), size.slow(), size.prompts()));
    lines.add(goal(errors.isEmpty(), text("errors: %d, goal 0", errors.size())));
    errors.forEach(error -> lines.add("  " + error));
    lines.add(
        goal(
            p95 <= P95_MS,
            text(
                "%d requests: p50 %.0f ms, p95 %.0f ms, goal %.0f ms",
                requests, p50, p95, P95_MS)));
    lines.add(text("slow clients were cut off %d times", cutOff));
    for (Upload upload : uploads) {
      lines.add(
          goal(
              upload.status() == TOO_LARGE && upload.sentBytes() <= EARLY_BYTES,
              text(
                  "upload: status %d after %.1f MB, goal %d at once",
                  upload.status(), upload.sentBytes() / MB, TOO_LARGE)));
    }
    lines.add(goal(heap.flat(), "heap: " + heap.words() + ", goal at most a tenth more"));
    lines.add(
        text("resident: %s, %s at most meanwhile", resident.words(), megabytes(peakResident)));
    lines.add(
        goal(
            throughput() >= THROUGHPUT,
            text(
                "campaign: %s s undisturbed, %.1f s beside the crowd: %.0f %% of its speed, goal"
                    + " %.0f %%",
                undisturbedSeconds.stream()
                    .map(s -> text("%.1f", s))
                    .reduce((a, b) -> a + " and " + b)
                    .orElse("–"),
                besideSeconds,
                100 * throughput(),
                100 * THROUGHPUT)));
    return lines;
  }

  private static String goal(boolean met, String line) {
    return line + (met ? "" : "  MISSED");
  }

  private static String megabytes(OptionalLong bytes) {
    return bytes.isEmpty() ? "unknown" : text("%.0f MB", bytes.getAsLong() / MB);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
