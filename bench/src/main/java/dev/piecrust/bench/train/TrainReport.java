package dev.piecrust.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How fast a training steps.
 *
 * @param tokens of a step
 * @param bestGflops this machine's best matrix product in the same run, in 10⁹ operations a second
 */
public record TrainReport(
    int layers, int width, int features, int tokens, double bestGflops, List<Row> rows) {
  public TrainReport {
    rows = List.copyOf(rows);
  }

  /**
   * One activation.
   *
   * @param seconds of a step
   * @param share of the best product's rate that the step's own products reach, all else included
   */
  public record Row(String activation, double seconds, double tokensPerSecond, double share) {}

  /** A table of Markdown, which is that of docs/performance.md. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d layers of width %d, %d features each, steps of %d tokens; the best product: %.0f"
                + " GFLOP/s",
            layers,
            width,
            features,
            tokens,
            bestGflops));
    lines.add("");
    lines.add("| activation | a step | tokens/s | of the best product |");
    lines.add("|---|---|---|---|");
    for (Row row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %.2f s | %,.0f | %.0f %% |",
              row.activation(),
              row.seconds(),
              row.tokensPerSecond(),
              100 * row.share()));
    }
    return lines;
  }
}
