package dev.piecrust.report.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.store.result.CircuitResults.Mean;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureRankingTest {
  @Test
  void theCampaignsOwnHeldOutNumbersDecide() {
    FeatureRanking.Choice choice =
        FeatureRanking.choose(
            List.of(mean("ioi", "fap", "mean-score", 1.5), mean("ioi", "fap", "kept-count", 0.5)),
            "fap",
            100);
    assertThat(choice.ranking()).isEqualTo(FeatureRanking.KEPT_COUNT);
    assertThat(choice.words())
        .isEqualTo(
            "Features are ranked by how often a feature is kept: held-out KL of circuits of the"
                + " first 100 of fap is 0.500 nats, against 1.50 by the sum of |score| over all"
                + " prompts");
    assertThat(choice.ranking().of(3, 0.25)).isEqualTo(3);
  }

  @Test
  void takesTheMeanOverTasks() {
    List<Mean> heldOut =
        List.of(
            mean("ioi", "fap", "mean-score", 1),
            mean("ioi", "fap", "kept-count", 0.75),
            mean("own", "fap", "mean-score", 1),
            mean("own", "fap", "kept-count", 2));
    assertThat(FeatureRanking.choose(heldOut, "fap", 50).ranking())
        .isEqualTo(FeatureRanking.MEAN_SCORE);
  }

  @Test
  void whereItsMethodWasRankedOneWayAloneTheOthersDecideAndChanceDoesNot() {
    List<Mean> heldOut =
        List.of(
            mean("ioi", "fap-synergy", "kept-count", 0.25),
            mean("ioi", "random", "mean-score", 9),
            mean("ioi", "random", "kept-count", 1),
            mean("ioi", "fap", "mean-score", 1),
            mean("ioi", "fap", "kept-count", 2));
    FeatureRanking.Choice choice = FeatureRanking.choose(heldOut, "fap-synergy", 50);
    assertThat(choice.ranking()).isEqualTo(FeatureRanking.MEAN_SCORE);
    assertThat(choice.words()).contains("first 50 is 1.00 nats, against 2.00 by how often");
  }

  @Test
  void withoutNumbersOfItsOwnItSaysWhereTheyAre() {
    FeatureRanking.Choice choice = FeatureRanking.choose(List.of(), "fap", 50);
    assertThat(choice.ranking()).isEqualTo(FeatureRanking.MEAN_SCORE);
    assertThat(choice.words())
        .contains("docs/method.md §5")
        .endsWith("this campaign has measured no circuits that tell");
    assertThat(choice.ranking().of(3, 0.25)).isEqualTo(0.25);
  }

  private static Mean mean(String task, String method, String ranking, double klLast) {
    return new Mean(task, method, ranking, klLast);
  }
}
