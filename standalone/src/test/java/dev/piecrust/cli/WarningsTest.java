package dev.piecrust.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.cli.check.CampaignChecks;
import dev.piecrust.cli.check.Finding;
import dev.piecrust.cli.terminal.EstimateText;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.estimate.Range;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is to be said of a model and its price is said by estimate, run and doctor. */
final class WarningsTest {
  private static final String GOES = "openai's gpt-5-mini will be shut down on 2026-12-11";

  private final CampaignEstimate estimate =
      new CampaignEstimate(
          "ioi-1",
          Range.ZERO,
          Range.exactly(3600),
          1,
          0,
          new MachineRoom(0, 0, "cpu", 0, Optional.empty(), Optional.empty()),
          Optional.empty(),
          Optional.empty(),
          List.of(GOES));

  @Test
  void anEstimateSaysWhatItTakesOnAllDevicesThatTheCampaignMayHave() {
    assertThat(EstimateText.lines(estimate)).noneMatch(line -> line.contains("devices"));
    assertThat(EstimateText.lines(estimate.on(8, Optional.empty())))
        .anyMatch(line -> line.matches(" *time on 8 of them +7 min.*"));
    assertThat(estimate.on(8, Optional.of(2)).devices()).isEqualTo(2);
    assertThat(estimate.on(0, Optional.empty()).devices()).isEqualTo(1);
  }

  @Test
  void anEstimateEndsWithThem() {
    assertThat(EstimateText.lines(estimate)).last().isEqualTo("Note: " + GOES + ".");
  }

  @Test
  void theDoctorNotesThemAndFindsNoProblem() {
    List<Finding> findings = new CampaignChecks(estimate).all();
    assertThat(findings).allMatch(Finding::ok);
    assertThat(findings).extracting(Finding::line).contains("note     model        " + GOES);
  }
}
