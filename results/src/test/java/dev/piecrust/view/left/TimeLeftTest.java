package dev.piecrust.view.left;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays when the units of real campaigns ended, as {@link RecordTimes} wrote it down. */
final class TimeLeftTest {
  /** Below it, the clock of a person does not tell. */
  private static final double SECONDS = 5;

  @ParameterizedTest
  @CsvSource({"demo.csv, 100, none", "demo-busy.csv, 70, demo.csv"}) // then others took the cores
  void isRightWithinThirtyPercentFromAQuarterOfTheWayOn(String recorded, int until, String before)
      throws IOException {
    Recorded run = Recorded.read(recorded);
    CampaignSpec campaign =
        SpecReader.read(Path.of("..", "demo", "demo.yaml").toAbsolutePath().normalize());
    StageCosts usual = StageCosts.usual(true);
    StageCosts others = before.equals("none") ? usual : Recorded.read(before).costs().orMore(usual);
    List<String> wrong = new ArrayList<>();
    for (int percent = 25; percent < until; percent++) {
      Instant now = run.at(percent / 100.0);
      double left = seconds(now, run.end());
      TimeLeft told = told(run, campaign, others, now);
      assertThat(told.unknown()).isEmpty();
      if (Math.abs(told.seconds() - left) > Math.max(SECONDS, 0.3 * left)) {
        wrong.add("at %d %%: %d s, not %.0f".formatted(percent, told.seconds(), left));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static TimeLeft told(
      Recorded run, CampaignSpec campaign, StageCosts others, Instant now) {
    List<UnitEnd> ended = run.units().stream().filter(unit -> !unit.at().isAfter(now)).toList();
    Instant last = ended.isEmpty() ? run.begin() : ended.get(ended.size() - 1).at();
    return TimeLeft.of(
        campaign,
        run.stages(now),
        StageCosts.of(run.begin(), ended).or(others, true),
        Integer.MAX_VALUE,
        seconds(last, now));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1000.0;
  }

  @Test
  void countsWhatIsLeftOfStagesThatHaveBegunAndAllOfThoseThatHaveNot() {
    // Three prompts, which are scored, measured, counted, and 40 % of them held out.
    CampaignSpec spec = SmallCampaign.SPEC;
    List<StageProgress> stages =
        List.of(progress("score ioi", 5, 3), progress("fidelity ioi", 5, 1));
    StageCosts costs =
        new StageCosts(
            Map.of(
                "score",
                1.0,
                "rerank",
                0.0,
                "fidelity",
                10.0,
                "features",
                0.5,
                "circuits",
                0.25,
                "held-out",
                2.0));
    int prompts = spec.tasks().get(0).prompts();
    double rest = prompts * (0.5 + 0.25 + 2.0);
    TimeLeft left = TimeLeft.of(spec, stages, costs, 0, 0);
    assertThat(left.unknown()).isEmpty();
    assertThat(left.seconds()).isEqualTo(Math.round(2 * 1.0 + 4 * 10.0 + rest));
    assertThat(left.words()).startsWith("about ").endsWith(" left");
  }

  @Test
  void namesTheStagesWhosePaceNobodyKnows() {
    TimeLeft left =
        TimeLeft.of(
            SmallCampaign.SPEC,
            List.of(progress("score ioi", 5, 5), progress("fidelity ioi", 5, 5)),
            new StageCosts(Map.of("features", 0.0, "circuits", 0.0)),
            0,
            0);
    assertThat(left.unknown()).containsExactly("held-out");
    assertThat(left.words()).isEqualTo("more than 0 s left");
    assertThat(left.unknownWords()).isEqualTo("held-out");
  }

  private static StageProgress progress(String stage, int total, int done) {
    return new StageProgress(stage, total, done, 0, Optional.empty(), Optional.empty());
  }
}
