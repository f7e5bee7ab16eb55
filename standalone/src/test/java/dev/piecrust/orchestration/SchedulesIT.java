package dev.piecrust.orchestration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.piecrust.activity.ScheduleActivities;
import dev.piecrust.activity.ScheduledStart;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.DevServer;
import dev.piecrust.bench.orchestration.IdleActivities;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.control.schedule.ScheduleView;
import dev.piecrust.control.schedule.ScheduleWish;
import dev.piecrust.control.schedule.TemporalSchedules;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.workers.Tuning;
import dev.piecrust.workers.Workers;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.worker.WorkerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Schedules of a real Temporal server; skipped where its command is not there. */
@Timeout(300)
final class SchedulesIT {
  private static final String DEVICE = "it-gpu";

  @TempDir Path folder;

  private final BlockingQueue<ScheduledStart> starts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Instant> meant = new LinkedBlockingQueue<>();
  private DevServer server;
  private WorkflowClient client;
  private TemporalSchedules schedules;

  @BeforeEach
  void start() throws Exception {
    Optional<Path> command = DevServer.command(System.getenv());
    assumeTrue(command.isPresent(), "no 'temporal' command; " + DevServer.VARIABLE + " names one");
    server = new DevServer(command.orElseThrow(), folder);
    client = server.client();
    schedules = new TemporalSchedules(client);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void areMadeListedPausedAndDeleted() throws Exception {
    ScheduleView made = schedules.create(wish("weekly", "30 6 * * 1", "Europe/Berlin"));
    assertThat(made.cron()).isEqualTo("30 6 * * 1");
    assertThat(made.campaign()).isEqualTo("small");
    assertThat(made.paused()).isFalse();
    assertThat(made.next().get(0).atZone(ZoneId.of("Europe/Berlin")).toString())
        .contains("T06:30+0");
    assertThatThrownBy(() -> schedules.create(wish("weekly", "0 0 * * *", "UTC")))
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining("there is a schedule 'weekly' already, expected another name");
    assertThatThrownBy(() -> schedules.create(wish("wrong", "61 6 * * 1", "UTC")))
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining("Temporal refuses the schedule")
        .hasMessageContaining("expected a cron expression");

    schedules.pause("weekly", "ada");
    assertThat(schedules.find("weekly").orElseThrow().paused()).isTrue();
    schedules.resume("weekly", "ada");
    assertThat(schedules.find("weekly").orElseThrow().paused()).isFalse();
    awaitListed(List.of("weekly"));

    schedules.delete("weekly");
    assertThat(schedules.find("weekly")).isEmpty();
    assertThatThrownBy(() -> schedules.delete("weekly"))
        .hasMessage("there is no schedule 'weekly', expected one that 'schedule list' lists");
    awaitListed(List.of());
  }

  @Test
  void startACampaignAndKnowWhetherItHasEnded() throws Exception {
    schedules.create(wish("nightly", "0 0 1 1 *", "UTC"));
    IdleActivities idle = new IdleActivities(new CampaignSize(20, 10, 9, 3, 0), DEVICE);
    ScheduleActivities recording =
        (scheduled, epochSecond) -> {
          meant.add(Instant.ofEpochSecond(epochSecond));
          starts.add(scheduled);
          return "nightly-1";
        };
    try (Workers plans =
        new Workers(client, Duration.ZERO, Tuning.defaults()).control(idle).schedules(recording)) {
      plans.start();
      ScheduleClient.newInstance(client.getWorkflowServiceStubs())
          .getHandle("piecrust-schedule-nightly")
          .trigger();
      ScheduledStart started = starts.poll(240, TimeUnit.SECONDS);
      assertThat(started).as(history()).isNotNull();
      assertThat(meant.take()).isBetween(Instant.now().minusSeconds(300), Instant.now());
      assertThat(started.schedule()).isEqualTo("nightly");
      assertThat(SpecReader.parse(started.spec(), Path.of("/"), "spec")).isEqualTo(spec());
      awaitRunning(true);
      WorkerFactory others = WorkerFactory.newInstance(client);
      for (String queue : List.of(TaskQueues.GPU, DEVICE, TaskQueues.LLM)) {
        others.newWorker(queue).registerActivitiesImplementations(idle);
      }
      others.start();
      try {
        client.newUntypedWorkflowStub("nightly-1").getResult(Void.class);
        awaitRunning(false);
      } finally {
        others.shutdownNow();
      }
    }
    assertThat(schedules.find("nightly").orElseThrow().started()).isEqualTo(1);
    assertThat(schedules.find("nightly").orElseThrow().last()).hasSize(1);
  }

  /** What became of what the schedule has started. */
  private String history() {
    return client
        .listExecutions("WorkflowType = 'ScheduledCampaignWorkflow'")
        .map(one -> client.newUntypedWorkflowStub(one.getExecution().getWorkflowId()).describe())
        .map(one -> one.getRawDescription().getPendingActivitiesList().toString())
        .findFirst()
        .orElse("it has started nothing");
  }

  private ScheduleWish wish(String name, String cron, String timezone) throws Exception {
    return new ScheduleWish(name, spec(), cron, timezone);
  }

  private CampaignSpec spec() throws Exception {
    Files.createDirectories(folder.resolve("tiny"));
    Files.createDirectories(folder.resolve("clt"));
    return SpecReader.read(
        Files.writeString(
            folder.resolve("small.yaml"),
            """
            name: small
            subject: {model: tiny, transcoder: clt}
            tasks: [{kind: ioi, prompts: 20, seed: 0}]
            """));
  }

  /** The server lists what there is a moment later. */
  private void awaitListed(List<String> names) throws InterruptedException {
    while (!schedules.list().stream().map(ScheduleView::name).toList().equals(names)) {
      Thread.sleep(100);
    }
  }

  private void awaitRunning(boolean running) throws InterruptedException {
    while (schedules.find("nightly").orElseThrow().running() != running) {
      Thread.sleep(100);
    }
  }
}
