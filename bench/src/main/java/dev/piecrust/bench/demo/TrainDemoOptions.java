package dev.piecrust.bench.demo;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.TrainSpec;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@link TrainDemo} makes.
 *
 * @param out the folder to make; it must not be there yet, or be empty
 * @param seed of the model's weights and of the language; the same seed with the same number of
 *     threads gives the same files
 * @param model recipe of the model
 * @param transcoder recipe of its transcoder; the corpus that it names is made too, of the first
 *     windows that the model was trained on
 */
public record TrainDemoOptions(Path out, long seed, ModelRecipe model, TrainSpec transcoder) {
  /** Seed of the model that ships. */
  public static final long SHIPPED_SEED = 7;

  public TrainDemoOptions {
    if (transcoder.windows() > model.languageWindows()) {
      throw user(
          "corpus windows: %d, expected at most the %d that the model is trained on",
          transcoder.windows(), model.languageWindows());
    }
  }

  /** The recipe of the demo model that ships, which has {@link #SHIPPED_SEED}. */
  public static TrainDemoOptions shipped(Path out, long seed) {
    return new TrainDemoOptions(out, seed, ModelRecipe.shipped(), shippedTranscoder(seed));
  }

  private static TrainSpec shippedTranscoder(long seed) {
    int steps = 900;
    return new TrainSpec(
        "corpus.jsonl.gz",
        TrainSpec.Kind.CROSS_LAYER,
        TrainSpec.Activation.BATCHTOPK,
        TrainSpec.Penalty.TANH,
        false,
        TrainSpec.Hook.RESID_MID,
        Optional.of(768),
        16,
        steps,
        768,
        WindowStream.LENGTH,
        20_000,
        2e-3,
        0.1,
        seed,
        steps / 20,
        0.05);
  }
}
