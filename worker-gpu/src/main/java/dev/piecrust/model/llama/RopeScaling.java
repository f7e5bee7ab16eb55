package dev.piecrust.model.llama;

import dev.piecrust.model.ConfigFile;

/**
 * The {@code llama3} frequency scaling: wavelengths that are long against the original context are
 * stretched by {@code factor}, short ones kept, those between blended.
 *
 * @param factor how far long wavelengths are stretched
 * @param lowFrequencyFactor wavelengths above {@code context / this} are long
 * @param highFrequencyFactor wavelengths below {@code context / this} are short
 * @param originalContext positions that the model was first trained on
 */
public record RopeScaling(
    double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalContext) {

  static RopeScaling read(ConfigFile config) {
    double low = config.positive("low_freq_factor");
    double high = config.positive("high_freq_factor");
    if (high <= low) {
      throw config.wrong("high_freq_factor", "more than low_freq_factor, which is " + low);
    }
    return new RopeScaling(
        config.positive("factor"),
        low,
        high,
        config.positiveInt("original_max_position_embeddings"));
  }

  /** The angle per position that takes the place of {@code frequency}. */
  double scale(double frequency) {
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
