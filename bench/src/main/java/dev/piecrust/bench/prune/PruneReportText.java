package dev.piecrust.bench.prune;

import dev.piecrust.model.MatmulRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link PruneReport} for people. */
public final class PruneReportText {
  /** The marker's reference: a loop over decoder rows in PyTorch on 2 cores, in seconds. */
  private static final double REFERENCE = 12.6;

  private static final double TARGET = 0.3;

  private PruneReportText() {}

  /** The lines of the table. */
  public static List<String> lines(PruneReport report) {
    List<String> lines = new ArrayList<>();
    add(lines, "shape     %s", report.shape());
    add(
        lines,
        report.part().isEmpty()
            ? "          all of %s and its transcoder"
            : "          a part of %s and its transcoder: %s",
        report.published(),
        String.join(", ", report.part()));
    add(
        lines,
        "machine   Java %s, %d engine threads, %d loop threads; best matrix product %.1f GFLOP/s;"
            + " file reads %.1f GB/s mapped, %.1f GB/s plain (one thread)",
        report.java(),
        report.threads(),
        report.loopThreads(),
        report.bestGflops(),
        report.mappedGigabytesPerSecond(),
        report.plainGigabytesPerSecond());
    for (MatmulRate rate : report.products()) {
      add(
          lines,
          "product   %-10s [%d,%d]·[%d,%d]ᵀ %8.1f GFLOP/s",
          rate.what(),
          rate.rows(),
          rate.in(),
          rate.out(),
          rate.in(),
          rate.gflops());
    }
    report.loading().forEach(phase -> lines.add(line("once", phase)));
    report.phases().forEach(phase -> lines.add(line("prompt", phase)));
    marker(lines, report);
    fidelity(lines, report.klLast());
    rerank(lines, report.rerank());
    memory(lines, report.memory());
    return lines;
  }

  private static String line(String per, Phase phase) {
    String text =
        String.format(Locale.ROOT, "%-9s %-20s %9.2f ms", per, phase.name(), phase.seconds() * 1e3);
    if (phase.gflops() > 0) {
      text +=
          String.format(
              Locale.ROOT,
              " %8.1f GFLOP/s, %.0f %% of the best product",
              phase.gflops(),
              100 * phase.share());
    }
    if (phase.ownShare() > 0) {
      text += String.format(Locale.ROOT, ", %.0f %% of its own products", 100 * phase.ownShare());
    }
    if (phase.gigabytes() > 0) {
      text +=
          String.format(
              Locale.ROOT, " %8.3f GB, %.1f GB/s", phase.gigabytes(), phase.gigabytesPerSecond());
    }
    if (phase.memory() > 0) {
      text += String.format(Locale.ROOT, ", peak %.2f GiB", gib(phase.memory()));
    }
    return text;
  }

  private static void marker(List<String> lines, PruneReport report) {
    add(
        lines,
        "marker    %,d occurrences, %,d decoder rows, %d budgets: %.3f s a prompt for selecting,"
            + " aligning, scoring and building patches, %.3f s with the adjoint pass",
        report.occurrences(),
        report.decoderRows(),
        BenchShape.BUDGETS.size(),
        report.core(),
        report.core() + report.adjoint());
    if (report.shape().equals(BenchShape.parse("marker").values())) {
      add(
          lines,
          "          (target %.1f s; a loop over decoder rows in PyTorch took %.1f s)",
          TARGET,
          REFERENCE);
    }
    add(
        lines,
        "          adjoint, scoring and all-removed patch cost as much as %.2f clean passes",
        report.coreInForwards());
  }

  private static void fidelity(List<String> lines, Map<Integer, Double> klLast) {
    String values =
        klLast.entrySet().stream()
            .map(at -> String.format(Locale.ROOT, "%.2g at K=%d", at.getValue(), at.getKey()))
            .collect(Collectors.joining(", "));
    add(lines, "KL last   %s, in nats, of random features", values);
  }

  private static void rerank(List<String> lines, Rerank rerank) {
    if (rerank.runs() > 0) {
      add(
          lines,
          "rerank    %d patched runs of one prompt in %.2f s, %.0f %% of as many full passes (%.2f"
              + " s)",
          rerank.runs(),
          rerank.seconds(),
          100 * rerank.share(),
          rerank.fullSeconds());
    }
  }

  private static void memory(List<String> lines, PruneReport.Memory memory) {
    if (memory.measured() == 0) {
      add(
          lines,
          "memory    estimated %.2f GiB; this system does not tell",
          gib(memory.estimated()));
      return;
    }
    add(
        lines,
        "memory    estimated %.2f GiB, measured %.2f GiB (%+.0f %%), mapped file pages %.2f GiB"
            + " apart",
        gib(memory.estimated()),
        gib(memory.measured()),
        100 * memory.ratio(),
        gib(memory.mappedPages()));
  }

  private static double gib(long bytes) {
    return bytes / (double) (1L << 30);
  }

  private static void add(List<String> lines, String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
