package dev.piecrust.control.schedule;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.ScheduledStart;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.spec.SpecDocument;
import dev.piecrust.workflow.campaign.CampaignLabels;
import dev.piecrust.workflow.label.CallPriority;
import dev.piecrust.workflow.label.CampaignText;
import dev.piecrust.workflow.schedule.ScheduledCampaignWorkflow;
import io.grpc.Status;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionResult;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleInfo;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Schedules of a Temporal server. Its pages show them too, under this program's prefix. */
public final class TemporalSchedules implements Schedules {
  /** Others may have schedules in the same namespace. */
  private static final String PREFIX = "piecrust-schedule-";

  private static final String MEMO = "piecrust";

  /** A server that was away makes up for what it missed within it, once. */
  private static final Duration MADE_UP_FOR = Duration.ofDays(1);

  private static final double USUAL_WEIGHT = 1;

  private final ScheduleClient client;

  /** What the server keeps beside a schedule, of whose cron expression it keeps the times alone. */
  record Memo(String campaign, String cron, String timezone) {}

  /** Schedules in the namespace of a client, sealed as it seals. */
  public TemporalSchedules(WorkflowClient workflows) {
    this.client =
        ScheduleClient.newInstance(
            workflows.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(workflows.getOptions().getNamespace())
                .setDataConverter(workflows.getOptions().getDataConverter())
                .setIdentity(workflows.getOptions().getIdentity())
                .build());
  }

  @Override
  public ScheduleView create(ScheduleWish wish) {
    try {
      if (!createLabelled(wish)) {
        ScheduleHandle unused = create(wish, action(wish).build());
      }
    } catch (ScheduleAlreadyRunningException e) {
      throw user(
          "there is a schedule '%1$s' already, expected another name, or './piecrust schedule delete"
              + " %1$s' before",
          wish.name());
    } catch (ScheduleException e) {
      throw failure(e);
    }
    return find(wish.name()).orElseThrow(() -> Schedules.unknown(wish.name()));
  }

  /** Whether the server knows the labels; one that does not refuses them, or the rest. */
  private boolean createLabelled(ScheduleWish wish) {
    try {
      WorkflowOptions labelled =
          action(wish).setTypedSearchAttributes(CampaignLabels.of(wish.spec())).build();
      ScheduleHandle unused = create(wish, labelled);
      return true;
    } catch (ScheduleException e) {
      if (Status.fromThrowable(e).getCode() == Status.Code.INVALID_ARGUMENT) {
        return false;
      }
      throw e;
    }
  }

  private ScheduleHandle create(ScheduleWish wish, WorkflowOptions action) {
    CampaignSpec spec = wish.spec();
    Schedule schedule =
        Schedule.newBuilder()
            .setSpec(
                ScheduleSpec.newBuilder()
                    .setCronExpressions(List.of(wish.cron().strip()))
                    .setTimeZoneName(wish.timezone())
                    .build())
            .setPolicy(
                SchedulePolicy.newBuilder()
                    .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                    .setCatchupWindow(MADE_UP_FOR)
                    .build())
            .setAction(
                ScheduleActionStartWorkflow.newBuilder()
                    .setWorkflowType(ScheduledCampaignWorkflow.class)
                    .setArguments(new ScheduledStart(wish.name(), SpecDocument.write(spec)))
                    .setOptions(action)
                    .build())
            .build();
    return client.createSchedule(
        PREFIX + wish.name(),
        schedule,
        ScheduleOptions.newBuilder()
            .setMemo(Map.of(MEMO, new Memo(spec.name(), wish.cron().strip(), wish.timezone())))
            .build());
  }

  private static WorkflowOptions.Builder action(ScheduleWish wish) {
    double weight = wish.spec().limits().weight().orElse(USUAL_WEIGHT);
    return WorkflowOptions.newBuilder()
        .setWorkflowId(PREFIX + wish.name())
        .setTaskQueue(TaskQueues.CONTROL)
        .setStaticSummary(CampaignText.summary(wish.spec()))
        // Without details a schedule cannot be described again by this SDK.
        .setStaticDetails(CampaignText.details(wish.spec()))
        .setPriority(CallPriority.ofCampaign(wish.name(), weight));
  }

  @Override
  public List<ScheduleView> list() {
    return answered(
        () ->
            client
                .listSchedules()
                .map(ScheduleListDescription::getScheduleId)
                .filter(id -> id.startsWith(PREFIX))
                .map(id -> find(id.substring(PREFIX.length())))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(ScheduleView::name))
                .toList());
  }

  @Override
  public Optional<ScheduleView> find(String name) {
    try {
      return Optional.of(view(name, client.getHandle(PREFIX + name).describe()));
    } catch (ScheduleException e) {
      if (Status.fromThrowable(e).getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure(e);
    }
  }

  private static ScheduleView view(String name, ScheduleDescription described) {
    Memo memo =
        Optional.ofNullable(described.<Memo>getMemo(MEMO, Memo.class, Memo.class))
            .orElseGet(() -> new Memo(name, "", ""));
    ScheduleInfo info = described.getInfo();
    return new ScheduleView(
        name,
        memo.campaign(),
        memo.cron(),
        memo.timezone(),
        described.getSchedule().getState().isPaused(),
        info.getNumActions(),
        info.getNumActionsSkippedOverlap(),
        !info.getRunningActions().isEmpty(),
        info.getNextActionTimes(),
        info.getRecentActions().stream().map(ScheduleActionResult::getScheduledAt).toList());
  }

  @Override
  public void delete(String name) {
    change(name, handle -> handle.delete());
  }

  @Override
  public void pause(String name, String who) {
    change(name, handle -> handle.pause("paused by " + who));
  }

  @Override
  public void resume(String name, String who) {
    change(name, handle -> handle.unpause("resumed by " + who));
  }

  private interface Change {
    void make(ScheduleHandle handle);
  }

  private void change(String name, Change change) {
    try {
      change.make(client.getHandle(PREFIX + name));
    } catch (ScheduleException e) {
      if (Status.fromThrowable(e).getCode() == Status.Code.NOT_FOUND) {
        throw Schedules.unknown(name);
      }
      throw failure(e);
    }
  }

  private static <T> T answered(Supplier<T> question) {
    try {
      return question.get();
    } catch (ScheduleException e) {
      throw failure(e);
    }
  }

  private static PieCrustException failure(ScheduleException e) {
    Status status = Status.fromThrowable(e);
    if (status.getCode() == Status.Code.INVALID_ARGUMENT) {
      return user(
          "Temporal refuses the schedule (%s), expected a cron expression such as '0 6 * * 1'",
          String.valueOf(status.getDescription()));
    }
    return PieCrustException.external("Temporal does not answer: " + status.getDescription(), e);
  }
}
