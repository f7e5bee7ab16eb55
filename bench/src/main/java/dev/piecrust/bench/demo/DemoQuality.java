package dev.piecrust.bench.demo;

import java.util.Locale;

/**
 * How good a demo model is on prompts and windows that training never saw.
 *
 * @param prompts held-out prompts a task
 * @param ioiAccuracy share of indirect-object prompts with the right answer over the wrong one
 * @param docstringAccuracy the same of the doc-string prompts
 * @param windows held-out windows
 * @param loss mean cross-entropy in nats on them
 */
public record DemoQuality(
    int prompts, double ioiAccuracy, double docstringAccuracy, int windows, double loss) {
  /** The figures in one line. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "right over wrong: IOI %.1f %%, Doc-String %.1f %% of %d held-out prompts; loss %.3f",
        100 * ioiAccuracy,
        100 * docstringAccuracy,
        prompts,
        loss);
  }
}
