package dev.piecrust.bench.demo;

/**
 * How the demo model's cross-layer transcoder is built and trained.
 *
 * @param features a layer
 * @param active features a token and layer, in the mean over a batch
 * @param windows a step
 * @param steps of training
 * @param peakRate the highest learning rate
 */
public record CltRecipe(int features, int active, int windows, int steps, double peakRate) {
  /** The recipe of the transcoder that ships. */
  public static CltRecipe shipped() {
    return new CltRecipe(768, 16, 16, 900, 2e-3);
  }
}
