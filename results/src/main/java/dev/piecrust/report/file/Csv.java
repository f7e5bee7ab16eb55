package dev.piecrust.report.file;

import dev.piecrust.feature.Fidelity;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Ratios;
import dev.piecrust.report.text.SafeText;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * Writes comma-separated values (RFC 4180). A cell may be a number, a name, a {@link Text}, an
 * {@link Estimate} of five columns, a {@link Fidelity} of five, or a list of cells; what is missing
 * is empty.
 */
public final class Csv {
  private static final CSVFormat PLAIN = CSVFormat.RFC4180;
  private static final CSVFormat QUOTED = PLAIN.builder().setQuoteMode(QuoteMode.ALL).get();

  private final Appendable out;
  private final String lineEnd;

  /**
   * A text from outside: it stands in quotes, and no spreadsheet takes it for a formula.
   *
   * @param text any; control characters are shown as marks
   */
  public record Text(String text) {}

  /**
   * Writes to {@code out}.
   *
   * @param lineEnd after each record
   */
  public Csv(Appendable out, String lineEnd) {
    this.out = out;
    this.lineEnd = lineEnd;
  }

  /** The columns of an estimate of each of these measures. */
  static List<String> columns(List<String> measures) {
    return measures.stream()
        .flatMap(m -> Stream.of("mean_", "sd_", "ci95_low_", "ci95_high_", "n_").map(p -> p + m))
        .toList();
  }

  /** Cells for the columns of ratios. */
  static List<Estimate> ratios(Ratios ratios) {
    return List.of(ratios.faithfulness(), ratios.completeness(), ratios.recovered());
  }

  /** Cells for the metric of one prompt; empty where it was not recorded. */
  static List<OptionalDouble> metric(Fidelity fidelity) {
    return Stream.of(fidelity.metricClean(), fidelity.metricEmpty(), fidelity.metric())
        .map(
            value ->
                value == null || Double.isNaN(value)
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(value))
        .toList();
  }

  /** Writes one record. */
  public void record(@Nullable Object... cells) throws IOException {
    boolean first = true;
    for (Object cell : Arrays.stream(cells).flatMap(Csv::flat).toList()) {
      if (cell instanceof Text text) {
        QUOTED.print(SafeText.cell(text.text()), out, first);
      } else {
        PLAIN.print(cell, out, first);
      }
      first = false;
    }
    out.append(lineEnd);
  }

  private static Stream<Object> flat(@Nullable Object cell) {
    if (cell instanceof List<?> cells) {
      return cells.stream().flatMap(Csv::flat);
    }
    if (cell instanceof Estimate e) {
      return Stream.of(e.mean(), e.sd(), e.low(), e.high(), e.n()).flatMap(Csv::flat);
    }
    if (cell instanceof Fidelity f) {
      return Stream.concat(
          Stream.of(f.klLast(), f.klAll(), f.predChanged()),
          Stream.concat(flat(f.faithfulness()), flat(f.completeness())));
    }
    if (cell instanceof OptionalDouble value) {
      return Stream.of(value.isPresent() ? value.getAsDouble() : "");
    }
    return Stream.of(cell == null ? "" : cell);
  }
}
