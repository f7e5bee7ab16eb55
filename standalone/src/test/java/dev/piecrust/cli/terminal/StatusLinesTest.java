package dev.piecrust.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.Condition;
import dev.piecrust.view.campaign.StageGroup;
import dev.piecrust.view.campaign.StageView;
import dev.piecrust.view.left.TimeLeft;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusLinesTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private static final CampaignCard RUNS =
      card(
          status("ioi-12345678", CampaignState.RUNNING, Optional.empty()),
          Condition.WAITING_FOR_LLM,
          "openai does not answer\nsince noon",
          List.of(group("interpret", stage(71, 0, 142, Optional.of(0.5)))),
          "1.8349",
          Optional.of("5"));
  private static final CampaignCard ENDED =
      card(
          status(
              "a-longer-name-12345678",
              CampaignState.FINISHED_WITH_FAILURES,
              Optional.of(NOW.minus(Duration.ofHours(3)))),
          Condition.FINISHED_WITH_FAILURES,
          "",
          List.of(group("prune", stage(98, 2, 100, Optional.empty()))),
          "0",
          Optional.empty());

  @Test
  void alignsOneLineForEach() {
    assertThat(StatusLines.of(List.of(RUNS, ENDED), NOW, 0))
        .containsExactly(
            "ioi-12345678            waiting for its language model  explain 71/142        "
                + "$1.83 of $5.00  about 2 min left     openai does not answer since noon",
            "a-longer-name-12345678  finished with failures          all stages, 2 failed  "
                + "          free  ended 3 h 0 min ago");
  }

  @Test
  void staysWithinATerminal() {
    assertThat(StatusLines.of(List.of(RUNS), NOW, 100))
        .singleElement()
        .asString()
        .hasSizeLessThanOrEqualTo(100)
        .endsWith("about 2 min left  ope…");
  }

  @Test
  void saysWhenItStartedWhereNobodyKnowsHowLongItTakes() {
    CampaignCard queued =
        card(
            status("x-12345678", CampaignState.QUEUED, Optional.empty()),
            Condition.QUEUED,
            "",
            List.of(new StageGroup("prune", List.of(), 40)),
            "0",
            Optional.empty());
    assertThat(StatusLines.of(List.of(queued), NOW, 0))
        .containsExactly("x-12345678  queued  –  free  started 2 d 0 h ago");
  }

  private static CampaignStatus status(
      String id, CampaignState state, Optional<Instant> finishedAt) {
    return new CampaignStatus(
        id, "ioi", state, "", NOW.minus(Duration.ofDays(2)), finishedAt, List.of());
  }

  private static StageGroup group(String name, StageView stage) {
    return new StageGroup(name, List.of(stage), 0);
  }

  private static StageView stage(int done, int failed, int total, Optional<Double> perSecond) {
    return new StageView("explain", "features", done, failed, total, perSecond, Optional.of(NOW));
  }

  private static CampaignCard card(
      CampaignStatus status,
      Condition condition,
      String because,
      List<StageGroup> groups,
      String spent,
      Optional<String> cap) {
    return new CampaignCard(
        status,
        condition,
        because,
        "model · transcoder",
        "ioi",
        groups,
        status.state() == CampaignState.RUNNING
            ? Optional.of(new TimeLeft(142, List.of()))
            : Optional.empty(),
        new BigDecimal(spent),
        cap.map(BigDecimal::new),
        cap.isPresent());
  }
}
