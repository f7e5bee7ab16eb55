package dev.piecrust.fade;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;

import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.RatedContinuation;
import java.util.List;
import java.util.Map;

/**
 * {@code max(0, max_f P(rated 2 | f) − P(2 | 0)) / (1 − P(2 | 0))}: how much more often the model
 * writes what the description says when the feature is steered by the best factor (docs/method.md
 * §8).
 */
final class Faithfulness {
  private Faithfulness() {}

  static FadeScore of(List<RatedContinuation> continuations) {
    Map<Double, Double> rated2 =
        continuations.stream()
            .collect(
                groupingBy(
                    c -> c.factor() + 0.0, // −0.0 becomes 0.0
                    averagingDouble(c -> c.rating() == 2 ? 1 : 0)));
    Double unsteered = rated2.remove(0.0);
    if (unsteered == null || rated2.isEmpty()) {
      return new FadeScore.Unscored(
          FadeScore.Kind.NO_INPUT, "there are no continuations both with and without steering");
    }
    if (unsteered == 1) {
      return new FadeScore.Unscored(
          FadeScore.Kind.ONE_CLASS,
          "every continuation without steering is rated 2 already, so steering can add nothing");
    }
    double best = rated2.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    double gain = Math.max(0, best - unsteered) / (1 - unsteered);
    return new FadeScore.Scored(gain, continuations.size());
  }
}
