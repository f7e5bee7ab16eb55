package dev.piecrust.bench.demo;

import dev.piecrust.model.llama.LlamaConfig;
import java.util.Optional;

/**
 * How the demo model is built and trained.
 *
 * @param layers transformer layers
 * @param width of the residual stream
 * @param innerWidth of the MLP
 * @param heads query heads
 * @param keyValueHeads shared by groups of query heads
 * @param windows a step
 * @param cycleSteps steps on words said again and again, before the whole language
 * @param steps of training, these included
 * @param peakRate the highest learning rate
 */
public record ModelRecipe(
    int layers,
    int width,
    int innerWidth,
    int heads,
    int keyValueHeads,
    int windows,
    int cycleSteps,
    int steps,
    double peakRate) {
  private static final double NORM_EPSILON = 1e-5;

  /** Windows are short: the slowest rotation takes a few hundred positions, not ten thousands. */
  private static final double ROPE_THETA = 100;

  /** The recipe of the model that ships. */
  public static ModelRecipe shipped() {
    return new ModelRecipe(4, 128, 384, 4, 2, 16, 500, 2_500, 2e-3);
  }

  /** Windows of the whole language that training sees. */
  long languageWindows() {
    return (long) windows * (steps - cycleSteps);
  }

  LlamaConfig config(int vocabulary) {
    return new LlamaConfig(
        vocabulary,
        width,
        layers,
        heads,
        keyValueHeads,
        width / heads,
        innerWidth,
        NORM_EPSILON,
        ROPE_THETA,
        Optional.empty(),
        WindowStream.LENGTH,
        false);
  }
}
