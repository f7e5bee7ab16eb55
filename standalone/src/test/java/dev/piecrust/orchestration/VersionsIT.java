package dev.piecrust.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.admin.DeploymentVersions;
import dev.piecrust.admin.DeploymentVersions.Version;
import dev.piecrust.admin.TemporalAdmin;
import dev.piecrust.admin.VersionsText;
import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.DevServer;
import dev.piecrust.bench.orchestration.IdleActivities;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.control.CampaignCommand;
import dev.piecrust.control.TemporalCampaignWorkflows;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.tensor.DeviceChoice;
import dev.piecrust.workers.Deployment;
import dev.piecrust.workers.Tuning;
import dev.piecrust.workers.Workers;
import dev.piecrust.workflow.campaign.CampaignLabels;
import io.temporal.api.common.v1.Priority;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a real Temporal server; skipped where its command is not there. */
@Timeout(300)
final class VersionsIT {
  private static final CampaignSize SIZE = new CampaignSize(20, 10, 9, 3, 0);
  private static final String DEVICE = "it-gpu";
  private static final String SPEC =
      """
      name: small
      subject: {model: tiny, transcoder: clt}
      tasks: [{kind: ioi, prompts: 20, seed: 0}]
      """;

  @TempDir Path folder;

  private final IdleActivities idle = new IdleActivities(SIZE, DEVICE);
  private DevServer server;
  private WorkflowClient client;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> command = DevServer.command(System.getenv());
    assumeTrue(command.isPresent(), "no 'temporal' command; " + DevServer.VARIABLE + " names one");
    server = new DevServer(command.orElseThrow(), folder);
    client = server.client();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void endsACampaignOnTheVersionItBeganOnWhileNewOnesBeginOnTheNext() throws Exception {
    TemporalCampaignWorkflows campaigns = new TemporalCampaignWorkflows(client);
    DeploymentVersions versions = new DeploymentVersions(client, "it");
    assertThat(VersionsText.of(versions, Map.of()).lines())
        .hasSize(4)
        .anyMatch(line -> line.matches("deployment +it \\(PIECRUST_DEPLOYMENT is unset here.*"))
        .anyMatch(
            line -> line.matches("current +unset \\(no worker has named the deployment yet\\)"))
        .anyMatch(line -> line.matches("ramping +unset .*"));
    try (Workers old = control("1.0")) {
      assertThat(old).isNotNull();
      eventually(() -> versions.list().size() == 1 && made(versions, "1.0"));
      campaigns.start("begun-on-the-old");
      eventually(() -> version("begun-on-the-old/prune/ioi").equals("1.0"));
      try (Workers next = control("2.0")) {
        assertThat(next).isNotNull();
        eventually(() -> versions.list().size() == 2 && made(versions, "2.0"));
        campaigns.start("begun-on-the-new");
        eventually(() -> version("begun-on-the-new/prune/ioi").equals("2.0"));
        WorkerFactory others = others();
        try {
          end("begun-on-the-old");
          end("begun-on-the-new");
        } finally {
          others.shutdownNow();
        }
      }
    }
    assertThat(version("begun-on-the-old")).isEqualTo("1.0");
    assertThat(version("begun-on-the-old/evaluate")).isEqualTo("1.0");
    assertThat(version("begun-on-the-new")).isEqualTo("2.0");
    assertThat(version("begun-on-the-new/evaluate")).isEqualTo("2.0");
    assertThat(versions.list()).contains(new Version("2.0", "CURRENT"));
    assertThat(VersionsText.of(versions, Map.of(Deployment.NAME, "it", Deployment.BUILD, "2.0")))
        .satisfies(text -> assertThat(text.build()).contains("2.0"))
        .satisfies(text -> assertThat(text.routing().current()).contains("2.0"))
        .satisfies(
            text -> assertThat(text.lines()).contains("current     2.0", "2.0         CURRENT"));
  }

  @Test
  void temporalsOwnPagesSayWhatACampaignDoesAndWhatItsShareIs() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.createDirectories(folder.resolve("clt"));
    String weighted = SPEC + "limits: {weight: 2.5}\n";
    CampaignSpec spec = SpecReader.read(Files.writeString(folder.resolve("small.yaml"), weighted));
    TemporalCampaignWorkflows campaigns = new TemporalCampaignWorkflows(client, id -> spec);
    campaigns.start("shown");
    try (Workers plans = new Workers(client, Duration.ZERO, Tuning.defaults()).control(idle)) {
      plans.start();
      WorkerFactory others = others();
      try {
        end("shown");
      } finally {
        others.shutdownNow();
      }
    }
    WorkflowExecutionDescription shown = client.newUntypedWorkflowStub("shown").describe();
    assertThat(shown.getStaticSummary()).isEqualTo("ioi on tiny: prune");
    assertThat(shown.getStaticDetails()).startsWith("```json\n").contains("\"name\":\"small\"");
    Priority priority = shown.getWorkflowExecutionInfo().getPriority();
    assertThat(priority.getFairnessKey()).isEqualTo("shown");
    assertThat(priority.getFairnessWeight()).isEqualTo(2.5f);
    List<String> calls =
        client.fetchHistory("shown").getEvents().stream()
            .map(VersionsIT::call)
            .filter(call -> !call.isEmpty())
            .toList();
    assertThat(calls).contains("plan", "prune ioi", "report");
    List<HistoryEvent> pruning = client.fetchHistory("shown/prune/ioi").getEvents();
    assertThat(pruning).anyMatch(event -> call(event).equals("prepare task ioi"));
    assertThat(pruning)
        .filteredOn(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .extracting(event -> event.getActivityTaskScheduledEventAttributes().getPriority())
        .allSatisfy(of -> assertThat(of.getFairnessKey()).isEqualTo("shown"))
        .extracting(Priority::getPriorityKey)
        .contains(2, 3);
  }

  private static String call(HistoryEvent event) {
    return event.getUserMetadata().hasSummary()
        ? DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
            event.getUserMetadata().getSummary(), String.class, String.class)
        : "";
  }

  @Test
  void findsCampaignsByWhatTheyAreOnceTheServerKnowsTheirSearchAttributes() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.createDirectories(folder.resolve("clt"));
    CampaignSpec spec = SpecReader.read(Files.writeString(folder.resolve("small.yaml"), SPEC));
    TemporalCampaignWorkflows campaigns = new TemporalCampaignWorkflows(client, id -> spec);
    TemporalAdmin admin = new TemporalAdmin(client);
    campaigns.start("before");
    assertThatThrownBy(() -> admin.list("PieCrustState = 'RUNNING'", 10))
        .isInstanceOf(PieCrustException.class)
        .hasMessageStartingWith("Temporal refuses that (");

    assertThat(admin.registerSearchAttributes())
        .containsExactly("PieCrustState", "PieCrustName", "PieCrustSubject", "PieCrustTasks");
    assertThat(admin.registerSearchAttributes()).isEmpty();
    eventually(
        () -> {
          campaigns.start("after");
          return client
              .newUntypedWorkflowStub("after")
              .describe()
              .getTypedSearchAttributes()
              .containsKey(CampaignLabels.STATE);
        });
    eventually(() -> ids(admin, "PieCrustState = 'QUEUED'").equals(List.of("after")));
    try (Workers plans = new Workers(client, Duration.ZERO, Tuning.defaults()).control(idle)) {
      plans.start();
      eventually(() -> ids(admin, "PieCrustState = 'RUNNING'").equals(List.of("after")));
      campaigns.tell("after", CampaignCommand.PAUSE, "ada");
      eventually(
          () ->
              ids(
                      admin,
                      "PieCrustState = 'PAUSED' AND PieCrustTasks = 'ioi'"
                          + " AND PieCrustSubject = '%s' AND PieCrustName = 'small'"
                              .formatted(spec.subject().model()))
                  .equals(List.of("after")));
      campaigns.tell("after", CampaignCommand.RESUME, "ada");
      WorkerFactory others = others();
      try {
        end("after");
        end("before");
      } finally {
        others.shutdownNow();
      }
    }
    eventually(() -> ids(admin, "PieCrustState = 'FINISHED'").equals(List.of("after")));
    eventually(() -> ids(admin, "").containsAll(List.of("after", "before")));
  }

  private static List<String> ids(TemporalAdmin admin, String query) {
    return admin.list(query, 10).stream().map(TemporalAdmin.Listed::id).toList();
  }

  /** The plans at a version. */
  private Workers control(String build) {
    Deployment deployment =
        Deployment.of(Map.of(Deployment.NAME, "it", Deployment.BUILD, build)).orElseThrow();
    Tuning tuning = new Tuning(1, 10, DeviceChoice.AUTO, Optional.of(deployment));
    return new Workers(client, Duration.ZERO, tuning).control(idle).start();
  }

  /** A device and an LLM worker, which no version is asked of. */
  private WorkerFactory others() {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    for (String queue : List.of(TaskQueues.GPU, DEVICE, TaskQueues.LLM)) {
      factory.newWorker(queue).registerActivitiesImplementations(idle);
    }
    factory.start();
    return factory;
  }

  private static boolean made(DeploymentVersions versions, String build) {
    versions.makeCurrent(build);
    return true;
  }

  /** The version on which a workflow ran last; empty before its first step. */
  private String version(String workflowId) {
    WorkflowExecutionInfo info =
        client.newUntypedWorkflowStub(workflowId).describe().getWorkflowExecutionInfo();
    return info.getVersioningInfo().getDeploymentVersion().getBuildId();
  }

  private void end(String campaign) {
    client.newUntypedWorkflowStub(campaign).getResult(Void.class);
  }

  /** Lists and versions are known a moment after they have changed. */
  private static void eventually(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!holds(condition)) {
      assertThat(System.nanoTime()).as("still not so after a minute").isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static boolean holds(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (PieCrustException | WorkflowNotFoundException notYet) {
      return false;
    }
  }
}
