package dev.piecrust.fade;

import static dev.piecrust.feature.FadeMetric.CLARITY;
import static dev.piecrust.feature.FadeMetric.FAITHFULNESS;
import static dev.piecrust.feature.FadeMetric.PURITY;
import static dev.piecrust.feature.FadeMetric.RESPONSIVENESS;

import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FadeScore.Kind;
import dev.piecrust.feature.FadeScore.Scored;
import dev.piecrust.feature.FadeScore.Unscored;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Computes the four scores of a feature from what there is (docs/method.md §8). */
public final class FadeScorer {
  private final FadeInput input;

  /** Of one feature; what is missing in the input makes metrics unscored, and is no error. */
  public FadeScorer(FadeInput input) {
    this.input = input;
  }

  /** One outcome for each metric. */
  public Map<FadeMetric, FadeScore> scores() {
    Map<FadeMetric, FadeScore> scores = new EnumMap<>(FadeMetric.class);
    scores.put(CLARITY, clarity());
    scores.put(
        RESPONSIVENESS, from(input.rated(), rated -> new NaturalRatings(rated).responsiveness()));
    scores.put(PURITY, from(input.rated(), rated -> new NaturalRatings(rated).purity()));
    scores.put(FAITHFULNESS, faithfulness(scores));
    return scores;
  }

  /** Whether the feature should be steered: it is asked for, and these scores are high enough. */
  public boolean steerable(Map<FadeMetric, FadeScore> scores) {
    return whyNotSteered(scores).isEmpty();
  }

  private FadeScore clarity() {
    return from(
        input.evidence(), natural -> from(input.written(), texts -> Clarity.of(texts, natural)));
  }

  private FadeScore faithfulness(Map<FadeMetric, FadeScore> scores) {
    Optional<Unscored> why = whyNotSteered(scores);
    return why.isPresent() ? why.get() : from(input.steered(), Faithfulness::of);
  }

  private Optional<Unscored> whyNotSteered(Map<FadeMetric, FadeScore> scores) {
    if (!input.spec().faithfulness()) {
      return Optional.of(new Unscored(Kind.NOT_ASKED, "the spec does not ask for it"));
    }
    return below(CLARITY, scores).or(() -> below(RESPONSIVENESS, scores));
  }

  private Optional<Unscored> below(FadeMetric metric, Map<FadeMetric, FadeScore> scores) {
    if (!(scores.get(metric) instanceof Scored scored)) {
      String reason = "%s has no score, so the feature was not steered".formatted(metric.label());
      return Optional.of(new Unscored(Kind.NO_INPUT, reason));
    }
    if (scored.value() < input.spec().giniThreshold()) {
      String reason =
          String.format(
              Locale.ROOT,
              "%s is %.3f, below the threshold of %.3f",
              metric.label(),
              scored.value(),
              input.spec().giniThreshold());
      return Optional.of(new Unscored(Kind.BELOW_THRESHOLD, reason));
    }
    return Optional.empty();
  }

  private static <T> FadeScore from(FadeInput.Part<T> part, Function<T, FadeScore> scoring) {
    return part instanceof FadeInput.Part.There<T> there
        ? scoring.apply(there.value())
        : ((FadeInput.Part.Missing<T>) part).why();
  }
}
