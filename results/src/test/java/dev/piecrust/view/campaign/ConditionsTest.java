package dev.piecrust.view.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.store.Stores;
import dev.piecrust.store.process.ModelLoad;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is said of a campaign, by what its workers say of themselves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConditionsTest {
  private static final String ID = "open";
  private static final String OTHER = "other";
  private static final Duration A_WHILE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(5);

  private SmallCampaign campaign;
  private Stores stores;

  @BeforeAll
  void open(@TempDir Path folder) {
    campaign = new SmallCampaign(folder);
    stores = campaign.stores;
  }

  @AfterAll
  void close() {
    campaign.close();
  }

  @BeforeEach
  void beginACampaign() {
    campaign.reset();
    stores.processes().all().forEach(seen -> stores.processes().gone(seen.sign().id()));
    stores.campaigns().create(ID, SmallCampaign.SPEC);
    stores.campaigns().enter(ID, CampaignState.RUNNING, "");
    stores.campaigns().openStage(ID, "score ioi", 5);
  }

  @ParameterizedTest
  @EnumSource(value = CampaignState.class, names = "RUNNING", mode = EnumSource.Mode.EXCLUDE)
  void saysTheStateOfWhatDoesNotRun(CampaignState state) {
    stores.campaigns().enter(ID, state, "why");
    assertThat(verdict(LONG))
        .isEqualTo(new Conditions.Verdict(Condition.valueOf(state.name()), "why"));
  }

  @Test
  void callsRunningWhatMovedLately() {
    assertThat(verdict(Duration.ZERO).condition()).isEqualTo(Condition.RUNNING);
  }

  @Test
  void waitsForAGpuWhereNoneIsHeardOf() {
    assertThat(verdict(A_WHILE))
        .isEqualTo(
            new Conditions.Verdict(Condition.WAITING_FOR_GPU, "no GPU worker was heard of lately"));
  }

  @Test
  void waitsForAGpuWhereAllWorkForOthers() {
    gpu("one", OTHER);
    assertThat(verdict(A_WHILE).because()).isEqualTo("the GPU worker is busy with other campaigns");
    gpu("two", OTHER);
    assertThat(verdict(A_WHILE))
        .isEqualTo(
            new Conditions.Verdict(
                Condition.WAITING_FOR_GPU, "all GPU workers are busy with other campaigns"));
  }

  @Test
  void runsWhereAGpuWorksForItAndStallsWhereThatTakesFarTooLong() {
    gpu("one", ID);
    assertThat(verdict(A_WHILE).condition()).isEqualTo(Condition.RUNNING);
    assertThat(verdict(LONG).condition())
        .as("nobody knows how long a unit takes")
        .isEqualTo(Condition.RUNNING);
  }

  @Test
  void loadsItsModelWhereAWorkerSaysSo() {
    load("downloads model.safetensors, 1.2 GB of 2.5 GB");
    assertThat(verdict(Duration.ZERO))
        .isEqualTo(
            new Conditions.Verdict(
                Condition.LOADING, "downloads model.safetensors, 1.2 GB of 2.5 GB, on host"));
    load("");
    assertThat(verdict(LONG))
        .isEqualTo(new Conditions.Verdict(Condition.LOADING, "loads the model, on host"));
    load(Pulse.WAITING);
    assertThat(verdict(LONG))
        .isEqualTo(
            new Conditions.Verdict(Condition.WAITING_FOR_GPU, "waiting for the device, on host"));
  }

  @Test
  void runsWhereOthersWorkForItWhileAModelIsLoaded() {
    load("");
    gpu("two", ID);
    assertThat(verdict(Duration.ZERO).condition()).isEqualTo(Condition.RUNNING);
  }

  @Test
  void makesNoProgressWhereGpusAreIdleForLong() {
    gpu("one", "");
    assertThat(verdict(A_WHILE).condition()).isEqualTo(Condition.RUNNING);
    assertThat(verdict(LONG))
        .isEqualTo(
            new Conditions.Verdict(Condition.STALLED, "for 5 min; nothing of it is under way"));
  }

  @Test
  void warnsWhereHalfOfWhatMayFailHasFailed() {
    gpu("one", ID);
    stores.units().park(new UnitFailure(ID, "score ioi", "ioi/000000-000001", 1, "no worker"));
    assertThat(verdict(Duration.ZERO))
        .isEqualTo(
            new Conditions.Verdict(
                Condition.FAILING,
                "score ioi: 1 of 1 prompts failed; the campaign pauses at 20 %"));
  }

  private Conditions.Verdict verdict(Duration later) {
    CampaignStatus status = stores.campaigns().status(ID);
    Clock clock = Clock.fixed(Instant.now().plus(later), ZoneOffset.UTC);
    return new Conditions(stores, clock)
        .now(List.of(status))
        .of(
            SmallCampaign.SPEC,
            status,
            Timeline.of(SmallCampaign.SPEC, status, stage -> Optional.empty()));
  }

  /** A device that works for a campaign; for nobody where that is empty. */
  private void gpu(String id, String works) {
    beat(
        id,
        works.isEmpty()
            ? List.of()
            : List.of(new RunningWork(works, "score", "ioi/000000-000005", 0, "")));
  }

  /** A device that the campaign's model is brought to. */
  private void load(String says) {
    beat("one", List.of(new RunningWork(ID, ModelLoad.STAGE, "", 0, says)));
  }

  private void beat(String id, List<RunningWork> running) {
    stores
        .processes()
        .beat(
            new ProcessSign(
                id,
                "gpu",
                "host",
                1,
                "0",
                "gpu0",
                OptionalLong.empty(),
                OptionalLong.empty(),
                running));
  }
}
