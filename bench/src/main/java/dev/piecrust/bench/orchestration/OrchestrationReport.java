package dev.piecrust.bench.orchestration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What orchestration costs.
 *
 * @param temporal which server it ran on
 * @param aloneMs milliseconds of an empty activity, called one after the other
 * @param togetherMs milliseconds for each of many called at once
 * @param phases the campaign's workflow, and those of its stages
 */
public record OrchestrationReport(
    String temporal, CampaignSize size, double aloneMs, double togetherMs, List<Phase> phases) {
  private static final int EVENTS_ALLOWED = 51_200;
  private static final int PENDING_ALLOWED = 500;
  private static final int MB = 1_000_000;
  private static final int MB_ALLOWED = 10;
  private static final int KB = 1000;
  private static final int KB_ALLOWED = 256;

  public OrchestrationReport {
    phases = List.copyOf(phases);
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Temporal    " + temporal);
    lines.add(
        text(
            "campaign    %,d prompts in units of %d by %d methods; %,d features",
            size.prompts(), size.batch(), size.methods(), size.features()));
    lines.add(
        text(
            "reference   an empty activity in a plain loop: %.1f ms; many at once: %.2f ms each,"
                + " %,.0f /s",
            aloneMs, togetherMs, 1000 / togetherMs));
    phases.stream().filter(phase -> units(phase) > 0).forEach(phase -> lines.add(line(phase)));
    lines.add(
        text(
            "bounds      %d activities pending of %d; %,d events in a history of %,d, %.1f MB of"
                + " %d; largest event %.1f KB of %d",
            most(Phase::mostPending),
            PENDING_ALLOWED,
            most(Phase::mostEvents),
            EVENTS_ALLOWED,
            (double) most(Phase::mostBytes) / MB,
            MB_ALLOWED,
            (double) most(Phase::largestEvent) / KB,
            KB_ALLOWED));
    return lines;
  }

  private String line(Phase phase) {
    double each = phase.seconds() * 1000 / units(phase);
    double callMs = phase.seconds() * 1000 / phase.calls();
    double reference = name(phase).equals("prune") ? aloneMs : togetherMs;
    return text(
        "%-11s %,d units in %.1f s: %.1f ms each; %,d activities, %.2f ms each (%.1f × the"
            + " reference), %,.0f /s; %d runs",
        name(phase),
        units(phase),
        phase.seconds(),
        each,
        phase.calls(),
        callMs,
        callMs / reference,
        1000 / callMs,
        phase.runs());
  }

  /** The largest of all workflows. */
  public long most(ToLongFunction<Phase> figure) {
    return phases.stream().mapToLong(figure).max().orElse(0);
  }

  private int units(Phase phase) {
    return switch (name(phase)) {
      case "prune" -> size.batches();
      case "interpret", "evaluate" -> size.features();
      default -> 0;
    };
  }

  private static String name(Phase phase) {
    String[] parts = phase.workflow().split("/", -1);
    return parts.length > 1 ? parts[1] : "campaign";
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
