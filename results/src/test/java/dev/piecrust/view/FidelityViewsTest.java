package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.view.FidelityView.Point;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FidelityViewsTest {
  /** Sums of a handful of doubles. */
  private static final double ROUNDING = 1e-12;

  @TempDir Path folder;

  @Test
  void followsWhatPromptsGiveThoughTheyAreMeasuredAgain() {
    try (SmallCampaign campaign = new SmallCampaign(folder)) {
      campaign.stores.campaigns().create("sums", SmallCampaign.SPEC);
      put(campaign, 0, 9.0);
      put(campaign, 1, 2.0);
      put(campaign, 2, 6.0);
      put(campaign, 0, 1.0); // again, after a restart: it replaces what was there
      Point point = point(campaign, "sums");
      assertThat(point.prompts()).isEqualTo(3);
      assertThat(point.klLast()).isCloseTo(3, within(ROUNDING));
      // 1, 2 and 6: squares of the differences from 3 are 4, 1 and 9, over two.
      assertThat(point.sd().orElseThrow()).isCloseTo(Math.sqrt(7), within(ROUNDING));
      double half = 1.959964 * Math.sqrt(7.0 / 3);
      assertThat(point.low().orElseThrow()).isCloseTo(3 - half, within(ROUNDING));
      assertThat(point.high().orElseThrow()).isCloseTo(3 + half, within(ROUNDING));
      campaign.stores.campaigns().delete("sums");
      campaign.stores.campaigns().create("sums", SmallCampaign.SPEC);
      assertThat(
              new FidelityViews(campaign.stores, campaign.reports)
                  .summed(campaign.stores.campaigns().status("sums"))
                  .tasks()
                  .get(0)
                  .methods())
          .isEmpty();
    }
  }

  private static Point point(SmallCampaign campaign, String id) {
    return new FidelityViews(campaign.stores, campaign.reports)
        .summed(campaign.stores.campaigns().status(id)).tasks().get(0).methods().stream()
            .filter(method -> method.method().equals("fap"))
            .findFirst()
            .orElseThrow()
            .points()
            .get(0);
  }

  private static void put(SmallCampaign campaign, int prompt, double kl) {
    campaign
        .stores
        .results()
        .put(
            "sums",
            List.of(
                new PromptOutcome(
                    "ioi",
                    prompt,
                    "0".repeat(40),
                    "fap",
                    10,
                    new TreeMap<>(Map.of(2, new Fidelity(kl, kl, 0, 1.0, 0.1))),
                    new TreeMap<>(),
                    Optional.empty())));
  }
}
