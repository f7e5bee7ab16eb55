package dev.piecrust.model.decoder;

import dev.piecrust.model.ConfigFile;
import java.util.Optional;

/** How a model that was trained on to read longer prompts slows its rotary frequencies. */
public sealed interface RopeScaling {
  /** The angle per position that takes the place of {@code frequency}. */
  double scale(double frequency);

  /**
   * Every frequency divided by a factor.
   *
   * @param factor how far positions are stretched
   */
  record Linear(double factor) implements RopeScaling {
    @Override
    public double scale(double frequency) {
      return frequency / factor;
    }
  }

  /**
   * The {@code llama3} scaling: wavelengths that are long against the original context are
   * stretched by {@code factor}, short ones kept, those between blended.
   *
   * @param factor how far long wavelengths are stretched
   * @param lowFrequencyFactor wavelengths above {@code context / this} are long
   * @param highFrequencyFactor wavelengths below {@code context / this} are short
   * @param originalContext positions that the model was first trained on
   */
  record Llama3(
      double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContext)
      implements RopeScaling {
    private static Llama3 read(ConfigFile config) {
      double low = config.positive("low_freq_factor");
      double high = config.positive("high_freq_factor");
      if (high <= low) {
        throw config.wrong("high_freq_factor", "more than low_freq_factor, which is " + low);
      }
      return new Llama3(
          config.positive("factor"),
          low,
          high,
          config.positiveInt("original_max_position_embeddings"));
    }

    @Override
    public double scale(double frequency) {
      double wavelength = 2 * Math.PI / frequency;
      double turns = originalContext / wavelength;
      if (turns > highFrequencyFactor) {
        return frequency;
      }
      if (turns < lowFrequencyFactor) {
        return frequency / factor;
      }
      double kept = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
      return (1 - kept) * frequency / factor + kept * frequency;
    }
  }

  /**
   * Reads the object that states a scaling, which older files call {@code rope_scaling} and newer
   * ones {@code rope_parameters}; a user error where it is of another kind.
   */
  static Optional<RopeScaling> read(ConfigFile rope) {
    String key = rope.has("rope_type") || !rope.has("type") ? "rope_type" : "type";
    return switch (rope.text(key, "default")) {
      case "default" -> Optional.empty();
      case "linear" -> Optional.of(new Linear(rope.positive("factor")));
      case "llama3" -> Optional.of(Llama3.read(rope));
      default -> throw rope.wrong(key, "\"default\", \"linear\" or \"llama3\"");
    };
  }
}
