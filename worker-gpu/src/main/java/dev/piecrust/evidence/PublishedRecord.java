package dev.piecrust.evidence;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What is read of one published feature.
 *
 * @param quantiles groups of examples, of which one holds the highest
 */
record PublishedRecord(@JsonProperty("examples_quantiles") List<Quantile> quantiles) {
  PublishedRecord {
    quantiles = List.copyOf(requireNonNullElse(quantiles, List.of()));
  }

  /** A group of examples, such as {@code Top activations} or {@code Subsample interval 3}. */
  record Quantile(@JsonProperty("quantile_name") String name, List<Window> examples) {
    Quantile {
      name = requireNonNullElse(name, "");
      examples = List.copyOf(requireNonNullElse(examples, List.of()));
    }

    boolean top() {
      return name.toLowerCase(Locale.ROOT).startsWith("top");
    }
  }

  /** An example, token by token. */
  record Window(List<String> tokens, @JsonProperty("tokens_acts_list") List<Float> activations) {
    Window {
      tokens = List.copyOf(requireNonNullElse(tokens, List.of()));
      activations = List.copyOf(requireNonNullElse(activations, List.of()));
    }

    /** Whether there is a number for each of its tokens. */
    boolean whole() {
      return tokens.size() == activations.size();
    }

    /** The same without some tokens, and with nothing below 0. */
    Window without(Predicate<String> special) {
      List<String> texts = new ArrayList<>();
      List<Float> values = new ArrayList<>();
      for (int p = 0; p < tokens.size(); p++) {
        if (!special.test(tokens.get(p))) {
          texts.add(tokens.get(p));
          values.add(Math.max(0, activations.get(p)));
        }
      }
      return new Window(texts, values);
    }

    double maximum() {
      return activations.stream().mapToDouble(Float::doubleValue).max().orElse(0);
    }
  }
}
