package dev.piecrust.control;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ScheduledStart;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.hub.PinnedSpecs;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.spec.SpecDocument;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.process.ModelLoad;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalCampaignServiceTest {
  private static final String ID = SmallCampaign.ID;

  private SmallCampaign campaign;
  private CampaignStore campaigns;
  private static final String OLD = "0".repeat(40);
  private static final String NEW = "1".repeat(40);
  private static final CampaignSpec ON_THE_HUB =
      new CampaignSpec(
          "hub",
          new SubjectSpec("hf://org/model", "hf://org/clt"),
          SmallCampaign.SPEC.tasks(),
          SmallCampaign.SPEC.prune(),
          SmallCampaign.SPEC.limits());

  private FakeWorkflows workflows;
  private LocalCampaignService service;
  private LocalCampaignService alone;
  private final Map<String, String> hub = new HashMap<>();
  private Path corpus = Path.of("");

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    campaign = new SmallCampaign(folder);
    corpus = Files.writeString(folder.resolve("corpus.txt"), "a text\n");
  }

  @BeforeEach
  void startAnew() {
    campaign.reset();
    campaigns = campaign.stores.campaigns();
    workflows = new FakeWorkflows();
    service = new LocalCampaignService(campaign.stores, campaign.reports, Optional.of(workflows));
    alone = new LocalCampaignService(campaign.stores, campaign.reports, Optional.empty());
  }

  @AfterAll
  void close() {
    campaign.close();
  }

  @Test
  void startsACampaignWithWhatTheHubHasNow() {
    hub.put("model", OLD);
    hub.put("clt", OLD);
    String first = pinning().submit(ON_THE_HUB, false);
    assertThat(campaigns.spec(first).subject())
        .isEqualTo(new SubjectSpec("hf://org/model@" + OLD, "hf://org/clt@" + OLD));
    assertThat(pinning().pin(ON_THE_HUB).notices()).isEmpty();
    assertThat(pinning().submit(ON_THE_HUB, false)).isEqualTo(first);
  }

  @Test
  void takesAMovedRepositoryForAnotherCampaignAndSaysHowToContinueTheOldOne() {
    hub.put("model", OLD);
    hub.put("clt", OLD);
    String first = pinning().submit(ON_THE_HUB, false);
    hub.put("model", NEW);
    PinnedSpec moved = pinning().pin(ON_THE_HUB);
    assertThat(moved.id()).isNotEqualTo(first);
    assertThat(moved.notices())
        .containsExactly(
            "hf://org/model has moved from %1$s to %2$s since campaign %3$s, so this is another one;"
                    .formatted(OLD, NEW, first)
                + " write hf://org/model@%s to continue that one".formatted(OLD));
    CampaignSpec old = PinnedSpecs.map(ON_THE_HUB, ref -> ref.at(OLD));
    assertThat(pinning().pin(old)).isEqualTo(new PinnedSpec(old, List.of()));
    assertThat(pinning().pin(old).id()).isEqualTo(first);
  }

  @Test
  void aScheduleRecordsOneCampaignForEachOfItsTimesAndStartsNone() {
    hub.put("model", OLD);
    hub.put("clt", OLD);
    ScheduleActivitiesImpl schedules = new ScheduleActivitiesImpl(pinning());
    ScheduledStart start = new ScheduledStart("nightly", SpecDocument.write(ON_THE_HUB));
    long monday = Instant.parse("2026-11-30T06:00:00Z").getEpochSecond();
    String first = schedules.recordScheduled(start, monday);
    assertThat(first).startsWith("nightly-20261130-0600-");
    hub.put("model", NEW);
    assertThat(schedules.recordScheduled(start, monday)).as("asked again").isEqualTo(first);
    String next = schedules.recordScheduled(start, monday + 24 * 3600);
    assertThat(next).startsWith("nightly-20261201-0600-");
    assertThat(campaigns.spec(first).subject().model()).isEqualTo("hf://org/model@" + OLD);
    assertThat(campaigns.spec(next).subject().model()).isEqualTo("hf://org/model@" + NEW);
    assertThat(campaigns.status(next).state()).isEqualTo(CampaignState.QUEUED);
    assertThat(service.events(first))
        .filteredOn(event -> event.kind().equals("schedule"))
        .hasSize(1);
    assertThat(workflows.started).isEmpty();
    assertThatThrownBy(() -> schedules.recordScheduled(new ScheduledStart("x", "name: ["), 0))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> assertThat(e.getType()).isEqualTo(FailureCategory.USER.name()));
  }

  @Test
  void takesChangedRatesOfAKnownCampaignAndSaysThatItKeepsItsCap() {
    CampaignSpec capped =
        new CampaignSpec(
            "capped",
            SmallCampaign.SPEC.subject(),
            SmallCampaign.SPEC.tasks(),
            SmallCampaign.SPEC.prune(),
            limits("5", 500));
    String id = service.submit(capped, false);
    CampaignSpec changed = capped.within(limits("9", 50));
    assertThat(service.pin(changed).notices())
        .containsExactly(
            "campaign %1$s keeps its cap of 5 USD; ./piecrust budget %1$s --usd 9 raises it"
                .formatted(id));
    assertThat(service.submit(changed, false)).isEqualTo(id);
    assertThat(campaigns.spec(id).limits()).isEqualTo(limits("5", 50));
    assertThat(service.pin(capped.within(limits("4", 50))).notices()).isEmpty();

    campaigns.enter(id, CampaignState.FINISHED, "");
    service.submit(capped.within(limits("9", 20)), false);
    assertThat(campaigns.spec(id).limits()).as("what it ran with").isEqualTo(limits("5", 50));
    assertThat(service.pin(changed).notices()).as("--fresh would take it").isEmpty();
  }

  private static LimitsSpec limits(String usd, int requestsPerMinute) {
    return new LimitsSpec(
        Optional.of(new BigDecimal(usd)), Optional.of(requestsPerMinute), Optional.empty(), 0.2);
  }

  private LocalCampaignService pinning() {
    return new LocalCampaignService(
        campaign.stores,
        campaign.reports,
        Optional.of(workflows),
        ref -> ref.pinned() ? ref : ref.at(requireNonNull(hub.get(ref.name()))));
  }

  @Test
  void aTranscoderThatWasTrainedHereIsNamedByItsCampaign() {
    CampaignSpec training = training("own", 200);
    String id = service.submit(training, false);
    trained(id, 100);
    campaigns.enter(id, CampaignState.FINISHED, "finished early by ada");
    assertThatThrownBy(() -> service.pin(named("own")))
        .hasMessage(
            "subject.transcoder: campaign %s is finished, expected its training to have ended"
                .formatted(id));
    trained(id, 200);
    CampaignSpec inItsFolder = named("own").withTranscoder("/trained/own");
    for (String name : List.of("own", id, id.substring(0, id.length() - 3))) {
      assertThat(service.pin(named(name))).isEqualTo(new PinnedSpec(inItsFolder, List.of()));
    }
    String pruning = service.submit(named("own"), false);
    assertThat(campaigns.spec(pruning)).isEqualTo(inItsFolder);
    assertThat(campaigns.notes(pruning))
        .containsExactly("campaign %s trained the transcoder /trained/own".formatted(id));
    assertThat(service.submit(inItsFolder, false)).isEqualTo(pruning);
    assertThat(campaigns.notes(id)).isEmpty();
  }

  @Test
  void refusesATranscoderOfACampaignThatTrainedNone() {
    assertThatThrownBy(() -> service.pin(named("nobody")))
        .hasMessage(
            "subject.transcoder: there is no campaign 'nobody', expected one that trained a"
                + " transcoder here");
    assertThatThrownBy(() -> service.submit(named("small"), false))
        .hasMessage(
            "subject.transcoder: campaign %s trains nothing, expected one with train in its spec"
                .formatted(ID));
    String first = service.submit(training("own", 100), false);
    String second = service.submit(training("own", 200), false);
    assertThatThrownBy(() -> service.pin(named("own")))
        .hasMessageContaining("'own' is the name of 2 campaigns, expected the id of one: ");
    assertThatThrownBy(() -> service.pin(named(first)))
        .hasMessageContaining("%s is queued, expected its training".formatted(first));
    assertThat(second).isNotEqualTo(first);
  }

  private static CampaignSpec named(String campaign) {
    return SmallCampaign.SPEC.named("prunes").withTranscoder("campaign:" + campaign);
  }

  private CampaignSpec training(String name, int steps) {
    return SpecReader.parse(
        """
        name: %s
        subject: {model: "hf://org/model@%s", transcoder: /trained/own}
        train: {corpus: %s, steps: %d}
        """
            .formatted(name, OLD, corpus, steps),
        Path.of("/"),
        "spec");
  }

  private void trained(String id, int step) {
    campaigns.openStage(id, Stages.TRAIN, 200);
    campaign
        .stores
        .units()
        .done(
            id,
            Stages.TRAIN,
            "train/%07d".formatted(step),
            100,
            0,
            campaign.artifacts.put(out -> out.write('x')));
  }

  @Test
  void leavesAFinishedCampaignAsItIs() {
    assertThat(service.submit(SmallCampaign.SPEC, false)).isEqualTo(ID);
    assertThat(workflows.started).isEmpty();
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.FINISHED_WITH_FAILURES);
  }

  @Test
  void tellsWhatAWorkerSaysOfTheModelThatItLoads() {
    campaigns.create("open", SmallCampaign.SPEC);
    campaigns.enter("open", CampaignState.RUNNING, "resumed by ada");
    ProcessSign sign =
        new ProcessSign(
            "gpu-1",
            "gpu",
            "box",
            1,
            "0",
            "gpu0",
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(new RunningWork("open", ModelLoad.STAGE, "", 0, "downloads a")));
    campaign.stores.processes().beat(sign);
    assertThat(service.status("open").message()).isEqualTo("downloads a, on box");
    assertThat(service.list())
        .filteredOn(status -> status.id().equals("open"))
        .extracting(CampaignStatus::message)
        .containsExactly("downloads a, on box");
    campaigns.enter("open", CampaignState.PAUSED, "paused by ada");
    assertThat(service.status("open").message()).isEqualTo("paused by ada");
    campaign.stores.processes().gone("gpu-1");
    campaigns.enter("open", CampaignState.RUNNING, "resumed by ada");
    assertThat(service.status("open").message()).isEqualTo("resumed by ada");
  }

  @Test
  void forgetsAFinishedCampaignThatStartsAfresh() {
    service.submit(SmallCampaign.SPEC, true);
    assertThat(workflows.started).containsExactly(ID);
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.QUEUED);
    assertThat(service.table(ID).tasks().get(0).prompts()).isZero();
  }

  @Test
  void tellsATrainingThatStartsAfreshToTrainAnew() {
    CampaignSpec training =
        SpecReader.parse(
            """
            name: own
            subject: {model: model, transcoder: own}
            train: {corpus: corpus.jsonl.gz}
            """,
            Path.of("../demo").toAbsolutePath(),
            "spec");
    String id = service.submit(training, false);
    assertThat(campaigns.events(id)).extracting(CampaignEvent::kind).doesNotContain("afresh");
    campaigns.enter(id, CampaignState.FINISHED, "");
    service.submit(training, true);
    assertThat(campaigns.events(id)).extracting(CampaignEvent::kind).contains("afresh");
    service.submit(SmallCampaign.SPEC, true);
    assertThat(campaigns.events(ID)).extracting(CampaignEvent::kind).doesNotContain("afresh");
  }

  @Test
  void doesNotForgetACampaignThatRuns() {
    campaigns.enter(ID, CampaignState.RUNNING, "");
    assertThatThrownBy(() -> service.submit(SmallCampaign.SPEC, true))
        .hasMessageContaining("is running, expected it to have ended");
    assertThat(service.table(ID).tasks().get(0).prompts()).isEqualTo(2);
  }

  @Test
  void startsWhatFailedAgainWithItsResults() {
    campaigns.enter(ID, CampaignState.FAILED, "no worker came");
    service.submit(SmallCampaign.SPEC, false);
    assertThat(workflows.started).containsExactly(ID);
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.QUEUED);
    assertThat(service.table(ID).tasks().get(0).prompts()).isEqualTo(2);
  }

  @Test
  void continuesEveryOpenCampaign() {
    assertThat(service.continueOpen()).isEmpty();
    campaigns.create("open", SmallCampaign.SPEC);
    assertThat(service.continueOpen()).containsExactly("open");
    assertThat(workflows.started).containsExactly("open");
  }

  @Test
  void asksTheWorkflowToCancelAndSaysWho() {
    campaigns.enter(ID, CampaignState.FAILED, "x");
    service.submit(SmallCampaign.SPEC, false);
    service.cancel(ID, "ada");
    assertThat(workflows.told).containsExactly("CANCEL " + ID + " by ada");
    assertThat(service.events(ID)).extracting(CampaignEvent::who).contains("ada");
  }

  @Test
  void endsWhatWasCancelledWhenTheProcessDied() {
    campaigns.enter(ID, CampaignState.FAILED, "x");
    service.submit(SmallCampaign.SPEC, false);
    campaigns.enter(ID, CampaignState.RUNNING, "");
    service.cancel(ID, "ada");
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.RUNNING);

    FakeWorkflows ofTheNextProcess = new FakeWorkflows();
    LocalCampaignService next =
        new LocalCampaignService(campaign.stores, campaign.reports, Optional.of(ofTheNextProcess));
    assertThat(next.continueOpen()).isEmpty();
    assertThat(ofTheNextProcess.started).isEmpty();
    assertThat(next.status(ID).state()).isEqualTo(CampaignState.CANCELLED);
    assertThat(next.status(ID).message()).isEqualTo("cancelled by ada");

    next.submit(SmallCampaign.SPEC, false);
    assertThat(next.continueOpen()).containsExactly(ID);
  }

  @Test
  void leavesACancelledCampaignToTheWorkflowThatIsAtIt() {
    campaigns.enter(ID, CampaignState.FAILED, "x");
    service.submit(SmallCampaign.SPEC, false);
    service.cancel(ID, "ada");
    assertThat(service.continueOpen()).isEmpty();
    assertThat(workflows.started).containsExactly(ID);
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.QUEUED);
  }

  @Test
  void cancelsInTheDatabaseWhereNoWorkflowRuns() {
    campaigns.enter(ID, CampaignState.RUNNING, "");
    alone.cancel(ID, "ada");
    assertThat(alone.status(ID).state()).isEqualTo(CampaignState.CANCELLED);
    assertThat(alone.status(ID).message()).isEqualTo("cancelled by ada");
    assertThatThrownBy(() -> service.cancel(ID, "ada")).hasMessageContaining("cancelled already");
  }

  @Test
  void tellsTheWorkflowThatRuns() {
    campaigns.enter(ID, CampaignState.FAILED, "x");
    service.submit(SmallCampaign.SPEC, false);
    service.pause(ID, "ada");
    campaigns.enter(ID, CampaignState.PAUSED, "paused by ada");
    service.resume(ID, "ada");
    service.raiseBudget(ID, BigDecimal.TEN, "ada");
    service.retry(ID, "ada");
    service.finish(ID, "ada");
    assertThat(workflows.told)
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly("PAUSE", "RESUME", "BUDGET_RAISED", "RETRY_FAILED", "FINISH");
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.PAUSED);
  }

  @Test
  void changesTheDatabaseWhereNoWorkflowRuns() {
    campaigns.enter(ID, CampaignState.RUNNING, "");
    assertThatThrownBy(() -> alone.resume(ID, "ada"))
        .hasMessageContaining("is running, expected it to be paused");
    alone.pause(ID, "ada");
    assertThat(alone.status(ID).message()).isEqualTo("paused by ada");
    assertThatThrownBy(() -> alone.pause(ID, "ada")).hasMessageContaining("is paused already");
    alone.resume(ID, "ada");
    assertThat(alone.status(ID).state()).isEqualTo(CampaignState.QUEUED);
    alone.finish(ID, "ada");
    assertThat(alone.status(ID).state()).isEqualTo(CampaignState.FINISHED_WITH_FAILURES);
    assertThat(alone.status(ID).message()).startsWith("finished early by ada; ");
    assertThatThrownBy(() -> alone.finish(ID, "ada")).hasMessageContaining("already");
    alone.retry(ID, "ada");
    assertThat(alone.status(ID).state()).isEqualTo(CampaignState.QUEUED);
  }

  @Test
  void goesOnWithAHigherBudgetAndNotBefore() {
    campaigns.enter(ID, CampaignState.PAUSED_FOR_BUDGET, "1 USD is spent");
    assertThat(service.continueOpen()).isEmpty();
    service.submit(SmallCampaign.SPEC, false);
    assertThat(workflows.started).isEmpty();
    assertThatThrownBy(() -> service.resume(ID, "ada")).hasMessageContaining("paused for budget");
    service.raiseBudget(ID, BigDecimal.TEN, "ada");
    assertThat(workflows.started).containsExactly(ID);
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.QUEUED);
    assertThat(service.events(ID)).extracting(CampaignEvent::kind).contains("budget");
    assertThat(service.spend(ID).cap().orElseThrow()).isEqualByComparingTo(BigDecimal.TEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"too many failures: 4 of 10", "the language model cannot be asked: 401"})
  void leavesACampaignThatPausedByItselfToAPerson(String message) {
    campaigns.enter(ID, CampaignState.PAUSED, message);
    assertThat(service.continueOpen()).isEmpty();
    service.submit(SmallCampaign.SPEC, false);
    assertThat(workflows.started).isEmpty();
    service.resume(ID, "ada");
    assertThat(workflows.started).containsExactly(ID);
    assertThat(service.status(ID).state()).isEqualTo(CampaignState.QUEUED);
    assertThat(CampaignSteering.accepted(campaigns, ID))
        .isEqualTo(message.contains("many") ? 1 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"too many failures: 4 of 10", "the language model cannot be asked: 401"})
  void startsACampaignThatPausedByItselfAgainWhereSomebodyRetriesIt(String message) {
    campaigns.enter(ID, CampaignState.PAUSED, message);
    service.retry(ID, "ada");
    assertThat(workflows.started).containsExactly(ID);
    assertThat(service.status(ID).message()).isEqualTo("started again by ada");
  }

  @Test
  void refusesToTryAgainWhereNothingFailed() {
    campaigns.enter(ID, CampaignState.FINISHED, "");
    assertThatThrownBy(() -> service.retry(ID, "ada"))
        .hasMessageContaining("is finished, expected one with failures");
    campaigns.enter(ID, CampaignState.FINISHED, "finished early by ada");
    service.retry(ID, "ada");
    assertThat(workflows.started).containsExactly(ID);
  }

  @Test
  void startsNothingWhereNoWorkflowRuns() {
    assertThatThrownBy(() -> alone.submit(SmallCampaign.SPEC, false))
        .hasMessageContaining("cannot start here");
    assertThatThrownBy(() -> alone.status("nobody")).hasMessageContaining("no campaign 'nobody'");
  }

  @Test
  void keepsTheBooksOfAWorkflow() {
    ControlActivitiesImpl control =
        new ControlActivitiesImpl(campaign.stores, campaign.artifacts, campaign.reports);
    assertThat(control.plan(ID).tasks()).isEqualTo(List.of("ioi"));
    control.enterState(ID, CampaignState.RUNNING, "");
    control.openStage(ID, "fidelity ioi", 5);
    UnitFailure failure = new UnitFailure(ID, "score ioi", "ioi/000003-000005", 2, "lost");
    control.parkUnit(failure);
    control.parkUnit(failure);
    assertThat(control.report(ID)).isEqualTo(CampaignState.FINISHED_WITH_FAILURES);
    assertThat(service.status(ID).message()).isEqualTo("3 prompts have no result");
    assertThat(service.status(ID).stages().get(0).done()).isEqualTo(2);
    assertThat(service.status(ID).stages().get(0).failed()).isEqualTo(3);
    assertThat(service.events(ID))
        .filteredOn(event -> event.kind().equals("parked"))
        .extracting(CampaignEvent::message)
        .containsExactly("ioi/000003-000005 of score ioi: lost");
    assertThatThrownBy(() -> control.plan("nobody"))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> {
              assertThat(e.getType()).isEqualTo(FailureCategory.USER.name());
              assertThat(e.isNonRetryable()).isTrue();
            });
  }

  @Test
  void endsWithFailuresWhereOnlyCircuitsAreMissing() {
    ControlActivitiesImpl control =
        new ControlActivitiesImpl(campaign.stores, campaign.artifacts, campaign.reports);
    campaigns.create("circuits", SmallCampaign.SPEC);
    control.parkUnit(
        new UnitFailure("circuits", "held-out ioi", "ioi/000000-000005", 5, "worker lost"));
    assertThat(control.report("circuits")).isEqualTo(CampaignState.FINISHED_WITH_FAILURES);
    assertThat(service.status("circuits").message())
        .isEqualTo("ioi stage 'held-out ioi' of prompts 000000-000005: worker lost");
    assertThat(service.table("circuits").failedPrompts()).isZero();
  }
}
