package dev.piecrust.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.cli.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final TestClock clock = new TestClock();

  @Test
  void tellsALogOnlyOfStagesThatMoved() {
    Progress progress = progress(false);
    progress.show(status(CampaignState.RUNNING, 0, 0));
    clock.wait(6);
    progress.show(status(CampaignState.RUNNING, 12, 0));
    clock.wait(2);
    progress.show(status(CampaignState.RUNNING, 40, 0));
    clock.wait(4);
    progress.show(status(CampaignState.FINISHED, 40, 40));
    assertThat(printed().lines())
        .containsExactly(
            "score ioi 12/40, 2.0 prompts/s, about 14 s left",
            "score ioi 40/40, 5.0 prompts/s | held-out ioi 40/40, 10.0 prompts/s");
  }

  @Test
  void redrawsAllStagesOnATerminal() {
    Progress progress = progress(true);
    progress.show(status(CampaignState.RUNNING, 0, 0));
    progress.show(status(CampaignState.RUNNING, 20, 0));
    assertThat(printed().split("\u001b\\[1A\u001b\\[2K", -1)).hasSize(3);
    assertThat(printed().lines()).hasSize(4);
  }

  @Test
  void leavesWhatIsToldBetweenTwoLooksOnTheTerminal() {
    PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(out, out, true);
    Progress progress = new Progress(terminal, clock);
    progress.show(status(CampaignState.RUNNING, 0, 0));
    terminal.notice("the server does not answer");
    progress.show(status(CampaignState.RUNNING, 20, 0));
    assertThat(printed()).doesNotContain("\u001b").contains("the server does not answer\n");
  }

  @Test
  void tellsWhatIsSaidOfACampaignThatRuns() {
    Progress progress = progress(false);
    CampaignStatus fresh = status(CampaignState.RUNNING, 0, 0);
    progress.show(fresh.saying("downloads a, 1.0 MB of 2.0 MB, on box"));
    clock.wait(2);
    progress.show(fresh.saying("downloads a, 1.5 MB of 2.0 MB, on box"));
    clock.wait(4);
    progress.show(fresh.saying("loads the model, on box"));
    clock.wait(6);
    progress.show(fresh.saying("loads the model, on box"));
    progress.show(status(CampaignState.CANCELLED, 0, 0).saying("cancelled by ada"));
    assertThat(printed().lines())
        .containsExactly("downloads a, 1.0 MB of 2.0 MB, on box", "loads the model, on box");
  }

  @Test
  void putsWhatIsSaidAboveTheStagesOnATerminal() {
    progress(true).show(status(CampaignState.RUNNING, 0, 0).saying("loads the model, on box"));
    assertThat(printed().lines()).hasSize(3).first().isEqualTo("  loads the model, on box");
  }

  private Progress progress(boolean interactive) {
    PrintStream out = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new Progress(new Terminal(out, out, interactive), clock);
  }

  private String printed() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private static CampaignStatus status(CampaignState state, int scored, int heldOut) {
    return new CampaignStatus(
        "demo-0123abcd",
        "demo",
        state,
        "",
        Instant.EPOCH,
        Optional.empty(),
        List.of(stage("score ioi", scored), stage("held-out ioi", heldOut)));
  }

  private static StageProgress stage(String name, int done) {
    return new StageProgress(name, 40, done, 0, Optional.empty(), Optional.empty());
  }
}
