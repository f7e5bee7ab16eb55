package dev.piecrust.bench.demo;

import static dev.piecrust.failure.PieCrustException.user;

import java.nio.file.Path;

/**
 * What {@link TrainDemo} makes.
 *
 * @param out the folder to make; it must not be there yet, or be empty
 * @param seed of weights and data; the same seed with the same number of threads gives the same
 *     files
 * @param model recipe of the model
 * @param transcoder recipe of its transcoder
 * @param corpusWindows how many of the windows that the model was trained on are written down; from
 *     1 to all of them
 */
public record TrainDemoOptions(
    Path out, long seed, ModelRecipe model, CltRecipe transcoder, int corpusWindows) {
  /** Seed of the model that ships. */
  public static final long SHIPPED_SEED = 7;

  private static final int SHIPPED_WINDOWS = 20_000;

  public TrainDemoOptions {
    if (corpusWindows < 1 || corpusWindows > model.languageWindows()) {
      throw user(
          "corpus windows: %d, expected from 1 to the %d that training sees",
          corpusWindows, model.languageWindows());
    }
  }

  /** The recipe of the demo model that ships. */
  public static TrainDemoOptions shipped(Path out) {
    return new TrainDemoOptions(
        out, SHIPPED_SEED, ModelRecipe.shipped(), CltRecipe.shipped(), SHIPPED_WINDOWS);
  }
}
