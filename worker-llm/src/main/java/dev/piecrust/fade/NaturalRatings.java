package dev.piecrust.fade;

import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.RatedSample;
import java.util.List;

/**
 * What ratings of natural texts say (docs/method.md §8): samples rated 2 are positive, those rated
 * 0 negative, those rated 1 are left out; the score is the feature's activation.
 */
final class NaturalRatings {
  private final Ranking ranking = new Ranking();

  NaturalRatings(List<RatedSample> samples) {
    for (RatedSample sample : samples) {
      if (sample.rating() != 1) {
        ranking.add(sample.activation(), sample.rating() == 2);
      }
    }
  }

  /** {@code |2·AUROC − 1|}. */
  FadeScore responsiveness() {
    return oneClass() ? unscored() : scored(Gini.of(ranking.auroc().getAsDouble()));
  }

  /** Average precision, of negated activations where the AUROC is below ½. */
  FadeScore purity() {
    if (oneClass()) {
      return unscored();
    }
    Ranking turned = ranking.auroc().getAsDouble() < 0.5 ? ranking.negated() : ranking;
    return scored(turned.averagePrecision().getAsDouble());
  }

  private boolean oneClass() {
    return ranking.auroc().isEmpty();
  }

  private FadeScore scored(double value) {
    int samples = (int) (ranking.count(true) + ranking.count(false));
    return new FadeScore.Scored(Math.min(1, value), samples);
  }

  private FadeScore unscored() {
    return new FadeScore.Unscored(
        FadeScore.Kind.ONE_CLASS,
        "%d samples are rated 2 and %d are rated 0, and both are needed"
            .formatted(ranking.count(true), ranking.count(false)));
  }
}
