package dev.piecrust.fade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FadeScore.Kind;
import dev.piecrust.feature.FadeScore.Scored;
import dev.piecrust.feature.FadeScore.Unscored;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.feature.Stratum;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private static final Evidence NATURAL =
      new Evidence(new FeatureId(1, 2), 8, List.of(4f, 2f), List.of());

  @Test
  void clarityCountsTheSilentWindowsAsZeros() {
    // Natural: 4, 2 and six zeros. 3 beats 7 of 8; 0 ties with six: AUROC (7 + 3) / 16.
    FadeScore score = Clarity.of(List.of(text(3), text(0)), NATURAL);
    assertThat(score).isEqualTo(new Scored(Math.abs(2 * 10.0 / 16 - 1), 2));
  }

  @Test
  void clarityOfNoTextsIsMissing() {
    assertThat(Clarity.of(List.of(), NATURAL))
        .isInstanceOfSatisfying(
            Unscored.class, u -> assertThat(u.kind()).isEqualTo(Kind.ONE_CLASS));
  }

  @Test
  void responsivenessAndPurityLeaveOutWhatIsRatedOne() {
    // Rated 2: 5, 1. Rated 0: 2, 0. AUROC ¾; precision 1 at recall ½, ⅔ at 1.
    NaturalRatings ratings =
        new NaturalRatings(
            List.of(rated(5, 2), rated(9, 1), rated(2, 0), rated(1, 2), rated(0, 0)));
    assertThat(ratings.responsiveness()).isEqualTo(new Scored(0.5, 4));
    assertThat(value(ratings.purity())).isCloseTo(5.0 / 6, within(1e-12));
  }

  @Test
  void purityTurnsAFeatureThatRespondsTheOtherWay() {
    NaturalRatings ratings = new NaturalRatings(List.of(rated(0, 2), rated(1, 0), rated(2, 0)));
    assertThat(ratings.responsiveness()).isEqualTo(new Scored(1, 3));
    assertThat(ratings.purity()).isEqualTo(new Scored(1, 3));
  }

  @Test
  void aSingleClassOfRatingsIsNoNumber() {
    NaturalRatings ratings = new NaturalRatings(List.of(rated(5, 2), rated(1, 1)));
    Unscored expected =
        new Unscored(
            Kind.ONE_CLASS, "1 samples are rated 2 and 0 are rated 0, and both are needed");
    assertThat(ratings.responsiveness()).isEqualTo(expected);
    assertThat(ratings.purity()).isEqualTo(expected);
  }

  @Test
  void faithfulnessIsTheBestFactorsGainOverWhatIsLeftToGain() {
    // P(2|0) = ¼, P(2|1) = ½, P(2|10) = ¾: (¾ − ¼) / (1 − ¼).
    List<RatedContinuation> all = new ArrayList<>();
    all.addAll(continuations(0, 2, 0, 0, 1));
    all.addAll(continuations(1, 2, 2, 0, 0));
    all.addAll(continuations(10, 2, 2, 2, 1));
    assertThat(value(Faithfulness.of(all))).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(Faithfulness.of(all))
        .isInstanceOfSatisfying(Scored.class, s -> assertThat(s.samples()).isEqualTo(12));
  }

  @Test
  void faithfulnessIsZeroWhereSteeringOnlyHarms() {
    List<RatedContinuation> all = new ArrayList<>(continuations(0, 2, 0));
    all.addAll(continuations(-1, 0, 0));
    assertThat(Faithfulness.of(all)).isEqualTo(new Scored(0, 4));
  }

  @Test
  void faithfulnessIsUndefinedWhereNothingIsLeftToGain() {
    List<RatedContinuation> all = new ArrayList<>(continuations(0, 2, 2));
    all.addAll(continuations(50, 2, 2));
    assertThat(Faithfulness.of(all)).isInstanceOf(Unscored.class);
    assertThat(Faithfulness.of(continuations(0, 0, 1))).isInstanceOf(Unscored.class);
  }

  private static double value(FadeScore score) {
    return ((Scored) score).value();
  }

  private static ActivatedText text(double activation) {
    return new ActivatedText("text", activation);
  }

  private static RatedSample rated(double activation, int rating) {
    return new RatedSample(0, Stratum.HIGH, "text", activation, rating);
  }

  private static List<RatedContinuation> continuations(double factor, int... ratings) {
    List<RatedContinuation> all = new ArrayList<>();
    for (int rating : ratings) {
      all.add(new RatedContinuation(factor, "prompt", "continuation", rating));
    }
    return all;
  }
}
