package dev.piecrust.ui.feature;

import dev.piecrust.feature.Example;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.store.features.FeatureLine;
import dev.piecrust.ui.Address;
import dev.piecrust.ui.Strength;
import dev.piecrust.view.FeatureView;
import dev.piecrust.view.Numbers;
import dev.piecrust.view.TokenText;
import io.quarkus.qute.TemplateExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How features and their scores are written in pages. */
@TemplateExtension
final class FeatureText {
  /** Where a line may break, though nothing is seen. */
  private static final String BREAK = "\u200B";

  private FeatureText() {}

  /** {@code L3/42}. */
  static String name(FeatureId feature) {
    return "L%d/%d".formatted(feature.layer(), feature.index());
  }

  /** The feature's page. */
  static String page(FeatureId feature, String campaign) {
    return Address.of("campaigns", campaign, "features", feature.layer(), feature.index())
        .toString();
  }

  /** Its place in the campaign's list, from 1. */
  static int rank(SelectedFeature feature) {
    return feature.ordinal() + 1;
  }

  /** A score of a feature in a list, or a dash. */
  static String score(FeatureLine line, String metric) {
    Double score = line.scores().get(FadeMetric.valueOf(metric.toUpperCase(Locale.ROOT)));
    return score == null ? Numbers.MISSING : Numbers.figure(score);
  }

  /** FADE's metrics in their order. */
  static List<FadeMetric> metrics(FeatureView feature) {
    return feature.scores().isEmpty() ? List.of() : List.of(FadeMetric.values());
  }

  /** The score of one metric as a number, or a dash. */
  static String figure(FeatureView feature, FadeMetric metric) {
    return feature.scores().get(metric) instanceof FadeScore.Scored scored
        ? Numbers.figure(scored.value())
        : Numbers.MISSING;
  }

  /** The score of one metric as a share, 0 where there is none. */
  static double share(FeatureView feature, FadeMetric metric) {
    return feature.scores().get(metric) instanceof FadeScore.Scored scored ? scored.value() : 0;
  }

  /** What a score stands on, or why there is none. */
  static String basis(FeatureView feature, FadeMetric metric) {
    FadeScore score = feature.scores().get(metric);
    if (score instanceof FadeScore.Scored scored) {
      String what =
          switch (metric) {
            case CLARITY -> "texts";
            case RESPONSIVENESS, PURITY -> "ratings";
            case FAITHFULNESS -> "rated continuations";
          };
      return "on %s %s".formatted(Numbers.count(scored.samples()), what);
    }
    return score instanceof FadeScore.Unscored missing ? missing.reason() : "not evaluated yet";
  }

  /** The question that a metric answers. */
  static String question(FadeMetric metric) {
    return switch (metric) {
      case CLARITY -> "Do texts written from the description activate it more than corpus texts?";
      case RESPONSIVENESS ->
          "Are texts that fit the description more active than those that do not?";
      case PURITY -> "Do the most active texts fit the description?";
      case FAITHFULNESS -> "Does the model write more of it when the feature is turned up or down?";
    };
  }

  /**
   * Tokens of an example: one that is active by itself, or several that are not.
   *
   * @param text with marks, after each of which a line may break
   * @param tone class of its strength; empty where it is not active
   * @param value three digits; empty likewise
   */
  public record Token(String text, String tone, String value) {}

  /** The tokens of an example, coloured on the scale of the feature's highest activation. */
  static List<Token> tokens(Example example, double maximum) {
    List<Token> tokens = new ArrayList<>();
    StringBuilder silent = new StringBuilder();
    for (int i = 0; i < example.tokens().size(); i++) {
      String text = marked(example.tokens().get(i));
      float value = example.activations().get(i);
      String tone = Strength.of(value, maximum);
      if (tone.isEmpty()) {
        silent.append(text);
      } else {
        silent(silent, tokens);
        tokens.add(new Token(text, tone, Numbers.figure(value)));
      }
    }
    silent(silent, tokens);
    return tokens;
  }

  private static void silent(StringBuilder silent, List<Token> tokens) {
    if (!silent.isEmpty()) {
      tokens.add(new Token(silent.toString(), "", ""));
      silent.setLength(0);
    }
  }

  private static String marked(String token) {
    StringBuilder text = new StringBuilder();
    TokenText.pieces(token).forEach(p -> text.append(p.text()).append(p.mark() ? BREAK : ""));
    return text.toString();
  }

  /** A longer text, with what cannot be seen in it shown. */
  static String shown(String text) {
    return TokenText.shown(text);
  }

  /** So many of the first. */
  static <T> List<T> firstOnes(List<T> all, int most) {
    return all.subList(0, Math.min(most, all.size()));
  }

  /** A token with its white space shown. */
  static List<TokenText.Piece> pieces(String text) {
    return TokenText.pieces(text);
  }
}
