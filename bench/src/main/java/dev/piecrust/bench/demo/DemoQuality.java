package dev.piecrust.bench.demo;

import java.util.List;
import java.util.Locale;

/**
 * How good a demo model and its transcoder are on prompts and windows that training never saw.
 *
 * @param prompts held-out prompts a task
 * @param ioiAccuracy share of indirect-object prompts with the right answer over the wrong one
 * @param docstringAccuracy the same of the doc-string prompts
 * @param windows held-out windows
 * @param loss mean cross-entropy in nats on them
 * @param layers what the transcoder leaves unexplained
 */
public record DemoQuality(
    int prompts,
    double ioiAccuracy,
    double docstringAccuracy,
    int windows,
    double loss,
    List<Layer> layers) {
  /**
   * The transcoder at one layer, BOS left out.
   *
   * @param unexplained squared error of {@code mlp_out} over its variance
   * @param active mean number of active features a token
   * @param everActive features that act at least once
   */
  public record Layer(double unexplained, double active, int everActive) {}

  public DemoQuality {
    layers = List.copyOf(layers);
  }

  /** The figures in one line. */
  public String sentence() {
    double worst = layers.stream().mapToDouble(Layer::unexplained).max().orElseThrow();
    double most = layers.stream().mapToDouble(Layer::active).max().orElseThrow();
    return String.format(
        Locale.ROOT,
        "right over wrong: IOI %.1f %%, Doc-String %.1f %% of %d held-out prompts; loss %.3f; the"
            + " transcoder leaves at most %.1f %% unexplained with at most %.1f active features a"
            + " token and layer",
        100 * ioiAccuracy,
        100 * docstringAccuracy,
        prompts,
        loss,
        100 * worst,
        most);
  }
}
