package dev.piecrust.ui.prompt;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import dev.piecrust.store.result.KeptPrompt;
import dev.piecrust.ui.Address;
import io.quarkus.qute.TemplateExtension;
import java.util.List;
import java.util.Locale;

/** How prompts, ratings and the like are written in pages. */
@TemplateExtension
final class PromptText {
  private PromptText() {}

  /** The prompt's page. */
  static String page(KeptPrompt prompt, String campaign) {
    return Address.of("campaigns", campaign, "prompts", prompt.task(), prompt.prompt()).toString();
  }

  /** A probability, with a digit more where it is small. */
  static String likely(double probability) {
    if (probability > 0 && probability < 0.001) {
      return "< 0.1 %";
    }
    return String.format(Locale.ROOT, probability < 0.1 ? "%.1f %%" : "%.0f %%", 100 * probability);
  }

  static String capitalise(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  /** A layer that a feature writes to: its own is the first. */
  static int written(FeatureId feature, int ordinal) {
    return feature.layer() + ordinal;
  }

  static double largest(List<Double> values) {
    return values.stream().mapToDouble(v -> v).max().orElse(1);
  }

  /** What a rating says. */
  static String fits(int rating) {
    return switch (rating) {
      case 0 -> "no";
      case 1 -> "in part";
      default -> "yes";
    };
  }

  /** Which part of a feature's activations an example stands for. */
  static String words(Stratum stratum) {
    return switch (stratum) {
      case TOP -> "top";
      case HIGHEST -> "highest 5 %";
      case HIGH -> "upper quarter";
      case MIDDLE -> "middle";
      case LOW -> "lower half";
    };
  }
}
