package dev.piecrust.workers;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.ScheduleActivities;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.metric.Meters;
import dev.piecrust.observe.ActivityLogs;
import dev.piecrust.observe.ActivityMeters;
import dev.piecrust.observe.Instruments;
import dev.piecrust.observe.TemporalTraces;
import dev.piecrust.observe.Underway;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.HostedSubject;
import dev.piecrust.workflow.campaign.CampaignWorkflowImpl;
import dev.piecrust.workflow.evaluate.EvaluateWorkflowImpl;
import dev.piecrust.workflow.evidence.EvidenceWorkflowImpl;
import dev.piecrust.workflow.interpret.InterpretWorkflowImpl;
import dev.piecrust.workflow.label.CallLabels;
import dev.piecrust.workflow.prune.PruneWorkflowImpl;
import dev.piecrust.workflow.schedule.ScheduledCampaignWorkflowImpl;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.PollerBehavior;
import io.temporal.worker.tuning.PollerBehaviorAutoscaling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The Temporal workers of one process: some of workflows, a device, and language models. */
public final class Workers implements AutoCloseable {
  /**
   * Activities that may wait for the device at once: more than the campaigns anyone runs side by
   * side on one machine. Waiting costs a thread; {@link LockedGpuActivities} lets one of them work.
   */
  private static final int WAITING_ROOM = 32;

  /**
   * Models that a device loads, or waits to load, at once. A second campaign may wait for its turn
   * here; more would keep it from the free devices of other processes.
   */
  private static final int LOADS = 2;

  /**
   * Open polls of a queue with few calls: the second takes a call that comes right after another.
   */
  private static final int FEW_POLLS = 2;

  /**
   * Open polls of a queue with many calls: from one, where nothing is to do, to what the server
   * asks for while calls wait. Five are there at the start, as many as Temporal takes by default.
   */
  private static final PollerBehavior MANY_POLLS = new PollerBehaviorAutoscaling(1, 20, 5);

  /** Those of workflows: the steps of workflows in the cache come by a queue of their own. */
  private static final PollerBehavior WORKFLOW_POLLS = new PollerBehaviorAutoscaling(2, 20, 5);

  /**
   * A workflow's next step is kept this long for the process that has it in its cache. When that
   * process has died, it is the time until another one goes on.
   */
  private static final Duration KEPT_FOR_THE_CACHE = Duration.ofSeconds(5);

  /** Book-keeping at once: short transactions, no more than the database has connections for. */
  private static final int BOOK_KEEPING = 8;

  /** A cancellation is the answer to a heartbeat: at most this late. */
  private static final Duration HEARTBEAT_EVERY = Duration.ofSeconds(1);

  private final Factories factories;

  /** Has all that is not a further device's. */
  private final WorkerFactory first;

  private final Tuning tuning;
  private final MeterRegistry meters;
  private final Underway underway = new Underway();
  private Supplier<List<HostedSubject>> hosted = List::of;

  /** Workers at which nobody looks. */
  public Workers(WorkflowClient client, Duration drain, Tuning tuning) {
    this(client, drain, tuning, Instruments.none());
  }

  /**
   * @param drain how long what is under way may go on when the process stops
   * @param instruments where activities are seen
   */
  public Workers(WorkflowClient client, Duration drain, Tuning tuning, Instruments instruments) {
    this.factories =
        new Factories(client, tuning.factory(), interceptors(instruments, underway), drain);
    this.first = factories.add();
    this.tuning = tuning;
    this.meters = instruments.meters();
    instruments.vitals().lives("workers", factories::live);
  }

  /** The outermost first: a span is open by the time that it is given a scope. */
  private static List<WorkerInterceptor> interceptors(Instruments instruments, Underway underway) {
    List<WorkerInterceptor> all = new ArrayList<>();
    new TemporalTraces(instruments.traces()).workers().ifPresent(all::add);
    all.add(new ActivityLogs());
    all.add(new ActivityMeters(instruments.meters()));
    all.add(new BookKeepingPulse());
    all.add(underway);
    all.add(new CallLabels());
    return all;
  }

  /** What is under way. */
  public Underway underway() {
    return underway;
  }

  /** The subjects on which the devices of this process take work. */
  public List<HostedSubject> hosted() {
    return hosted.get();
  }

  /** Workflows, and the book-keeping beside them. */
  public Workers control(ControlActivities control) {
    WorkerOptions.Builder options =
        activities(BOOK_KEEPING)
            .setActivityTaskPollersBehavior(MANY_POLLS)
            .setWorkflowTaskPollersBehavior(WORKFLOW_POLLS)
            .setStickyQueueScheduleToStartTimeout(KEPT_FOR_THE_CACHE);
    tuning.deployment().map(Deployment::options).ifPresent(options::setDeploymentOptions);
    Worker plans = first.newWorker(TaskQueues.CONTROL, options.build());
    plans.registerWorkflowImplementationTypes(
        CampaignWorkflowImpl.class,
        PruneWorkflowImpl.class,
        InterpretWorkflowImpl.class,
        EvidenceWorkflowImpl.class,
        EvaluateWorkflowImpl.class);
    plans.registerActivitiesImplementations(control);
    return this;
  }

  /** What schedules start, on the same queue; after {@link #control}. */
  public Workers schedules(ScheduleActivities schedules) {
    Worker plans = first.getWorker(TaskQueues.CONTROL);
    plans.registerWorkflowImplementationTypes(ScheduledCampaignWorkflowImpl.class);
    plans.registerActivitiesImplementations(schedules);
    return this;
  }

  /**
   * Devices, each of which works on one activity at a time.
   *
   * @param elsewhere the other processes that have a device
   */
  public Workers devices(List<GpuWorker> gpus, Supplier<List<ProcessSign>> elsewhere) {
    HostPolls polls = new HostPolls();
    DeviceScheduler fleet = new DeviceScheduler(elsewhere, polls::rest);
    hosted = fleet::hosted;
    for (GpuWorker gpu : gpus) {
      device(gpu, fleet, polls, gpu.equals(gpus.get(0)) ? first : factories.add());
    }
    return this;
  }

  private void device(
      GpuWorker gpu, DeviceScheduler fleet, HostPolls polls, WorkerFactory factory) {
    DeviceLock turn = new DeviceLock(gpu::subjectOf, Meters.DEVICE_WAIT.timer(meters));
    GpuActivities device = new LockedGpuActivities(gpu, turn, fleet, gpu::download, hosting(gpu));
    LockedFeatureActivities features = new LockedFeatureActivities(gpu, turn);
    SubjectHosts hosts =
        new SubjectHosts(
            queue -> factories.taking(queue, oneCall(), device, features),
            gpu::hasEnded,
            gpu::isPaused);
    fleet.add(gpu.queue(), gpu::loadModel, turn, hosts);
    factory
        .newWorker(TaskQueues.GPU, fewCalls(LOADS))
        .registerActivitiesImplementations(
            device, new LockedTrainActivities(gpu, turn, gpu::download));
    Worker joins = factory.newWorker(TaskQueues.HOSTS, oneCall());
    joins.registerActivitiesImplementations(device);
    polls.add(joins);
    factory
        .newWorker(gpu.queue(), fewCalls(WAITING_ROOM))
        .registerActivitiesImplementations(device, features);
  }

  private static LockedGpuActivities.Hosting hosting(GpuWorker gpu) {
    return new LockedGpuActivities.Hosting() {
      @Override
      public String queue(String campaignId) {
        return gpu.subjectQueue(campaignId);
      }

      @Override
      public int most(String campaignId) {
        return gpu.mostHosts(campaignId);
      }
    };
  }

  /** Questions to language models, in a process that has other work beside them. */
  public Workers languageModels(LlmActivities llm) {
    return asking(activities(tuning.llmSlots()), llm);
  }

  /**
   * The same in a process of their own: as many at once as its CPU and its memory are enough for.
   */
  public Workers languageModelsAlone(LlmActivities llm) {
    return asking(LlmSlots.measured(activities(), tuning.llmSlots()), llm);
  }

  /** Each mostly waits for the network, which costs a virtual thread next to nothing. */
  private Workers asking(WorkerOptions.Builder options, LlmActivities llm) {
    first
        .newWorker(
            TaskQueues.LLM,
            options
                .setActivityTaskPollersBehavior(MANY_POLLS)
                .setUsingVirtualThreadsOnActivityWorker(VirtualThreads.mayBlock())
                .build())
        .registerActivitiesImplementations(llm);
    return this;
  }

  /** From now on they take work. */
  public Workers start() {
    factories.start();
    return this;
  }

  /** The others are there for whichever device is free first. */
  private static WorkerOptions oneCall() {
    return activities(1).setMaxConcurrentActivityTaskPollers(1).build();
  }

  private static WorkerOptions fewCalls(int atOnce) {
    return activities(atOnce).setMaxConcurrentActivityTaskPollers(FEW_POLLS).build();
  }

  private static WorkerOptions.Builder activities(int atOnce) {
    return activities().setMaxConcurrentActivityExecutionSize(atOnce);
  }

  private static WorkerOptions.Builder activities() {
    return WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(HEARTBEAT_EVERY);
  }

  /** Takes no more work, lets what cannot stop at once go on for a while, and then stops it. */
  @Override
  public void close() {
    factories.close();
  }
}
