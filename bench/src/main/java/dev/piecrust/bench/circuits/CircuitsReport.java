package dev.piecrust.bench.circuits;

import dev.piecrust.report.analysis.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What circuits do on prompts that had no part in choosing them.
 *
 * @param prompts of each task
 * @param heldOut of these, as many again being for validation
 * @param seed of the prompts
 */
public record CircuitsReport(int prompts, int heldOut, long seed, List<Row> rows) {
  public CircuitsReport {
    rows = List.copyOf(rows);
  }

  /**
   * One circuit.
   *
   * @param klLast in nats, at the last position
   * @param ofBaseline the mean KL over that of {@code fap-synergy} by kept count on the same
   *     prompts, with the interval of a paired bootstrap
   * @param covered prompts of which the circuit has features for every replaced token
   * @param klCovered on these
   * @param klOthers on the others
   */
  public record Row(
      String task,
      String method,
      String ranking,
      int features,
      Estimate klLast,
      Estimate ofBaseline,
      int covered,
      Estimate klCovered,
      Estimate klOthers) {}

  /** A table of Markdown, which is that of docs/method.md. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d prompts a task (seed %d), %d of them held out; mean KL at the last position with 95 %% intervals"
            .formatted(prompts, seed, heldOut));
    lines.add("");
    lines.add(
        "| task | N | ranked by | held-out KL | of `fap-synergy` | prompts covered | KL of these | KL of the others |");
    lines.add("|---|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      lines.add(
          "| %s | %d | `%s`, %s | %s | %s | %d | %s | %s |"
              .formatted(
                  row.task(),
                  row.features(),
                  row.method(),
                  row.ranking(),
                  interval(row.klLast()),
                  interval(row.ofBaseline()),
                  row.covered(),
                  number(row.klCovered().mean()),
                  number(row.klOthers().mean())));
    }
    return lines;
  }

  private static String interval(Estimate estimate) {
    return "%s (%s–%s)"
        .formatted(number(estimate.mean()), number(estimate.low()), number(estimate.high()));
  }

  private static String number(OptionalDouble value) {
    return value.isEmpty() ? "–" : String.format(Locale.ROOT, "%.3f", value.getAsDouble());
  }
}
