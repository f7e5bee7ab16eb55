package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.IdleActivities;
import dev.piecrust.embedded.EmbeddedTemporal;
import dev.piecrust.embedded.Shutdown;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.observe.Instruments;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A process that is told to stop, or to leave a queue, while another goes on. */
@Timeout(300)
final class DrainTest {
  private static final String PLANS = "plans";
  private static final int UNITS = 8;
  private static final int QUICK = 20;
  private static final Duration SILENCE = Duration.ofSeconds(15);
  private static final Duration PATIENT = Duration.ofSeconds(60);

  private final Shutdown shutdown = new Shutdown();
  private final EmbeddedTemporal temporal = shutdown.add(new EmbeddedTemporal(Instruments.none()));
  private final Asked staying = new Asked(QUICK, 20);

  /** Asks for all units side by side. */
  @WorkflowInterface
  public interface Ask {
    @WorkflowMethod
    void everything();
  }

  public static final class AskImpl implements Ask {
    @Override
    public void everything() {
      LlmActivities llm =
          Workflow.newActivityStub(
              LlmActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(TaskQueues.LLM)
                  .setStartToCloseTimeout(Duration.ofMinutes(2))
                  .setHeartbeatTimeout(SILENCE)
                  .build());
      Promise.allOf(
              IntStream.range(0, UNITS)
                  .mapToObj(i -> new FeatureUnit("c", new FeatureId(0, i)))
                  .map(unit -> Async.function(llm::explain, unit))
                  .toList())
          .get();
    }
  }

  @BeforeEach
  void start() {
    WorkerFactory plans = WorkerFactory.newInstance(temporal.client());
    shutdown.add(plans::shutdownNow);
    plans.newWorker(PLANS).registerWorkflowImplementationTypes(AskImpl.class);
    plans.start();
  }

  @AfterEach
  void stop() {
    shutdown.close();
  }

  @Test
  void takesNothingMoreAndGivesBackWhatItHas() throws Exception {
    Asked leaving = new Asked(QUICK, 20);
    leavesInTheMiddle(leaving, 2, workers(leaving, PATIENT));
  }

  /** A patience that is too short for what it has, which hears nothing but an interruption. */
  @Test
  void saysThatWhatWasCutOffIsAnybodys() throws Exception {
    Asked leaving = new Asked(1, 60_000);
    leavesInTheMiddle(leaving, 1, workers(leaving, Duration.ofMillis(10)));
  }

  @Test
  void aDeviceThatLeavesAQueueGivesBackWhatItHasOfIt() throws Exception {
    Asked leaving = new Asked(20 * QUICK, 20);
    AutoCloseable poll = shutdown.add(factories()).taking(TaskQueues.LLM, oneCall(), leaving);
    leavesInTheMiddle(leaving, 1, poll);
  }

  @Test
  void noDeviceBeginsToTakeFromAQueueWhileItsProcessLeaves() {
    Factories leaving = factories();
    leaving.close();
    assertThatExceptionOfType(ApplicationFailure.class)
        .isThrownBy(() -> leaving.taking(TaskQueues.LLM, oneCall(), staying))
        .matches(failure -> failure.getType().equals("LEAVING") && !failure.isNonRetryable());
  }

  /**
   * @param units in the midst of which it leaves
   */
  private void leavesInTheMiddle(Asked leaving, int units, AutoCloseable leaves) throws Exception {
    CompletableFuture<Void> all = ask();
    await(() -> leaving.begun.size() == units);
    long told = System.nanoTime();
    leaves.close();
    String held = leaving.begun.get(leaving.begun.size() - 1);
    List<String> begun = List.copyOf(leaving.begun);
    shutdown.add(workers(staying, Duration.ZERO));
    await(() -> staying.begun.contains(held));
    assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(SILENCE);
    all.join();
    assertThat(leaving.begun).isEqualTo(begun);
    assertThat(leaving.done).doesNotContain(held);
    assertThat(Stream.concat(leaving.done.stream(), staying.done.stream()))
        .hasSize(UNITS)
        .doesNotHaveDuplicates();
  }

  private static void await(BooleanSupplier happened) throws InterruptedException {
    while (!happened.getAsBoolean()) {
      Thread.sleep(5);
    }
  }

  private Workers workers(Asked asked, Duration drain) {
    return new Workers(temporal.client(), drain, Tuning.defaults().withLlmSlots(1))
        .languageModels(asked)
        .start();
  }

  private Factories factories() {
    return new Factories(
        temporal.client(), WorkerFactoryOptions.getDefaultInstance(), List.of(), PATIENT);
  }

  private static WorkerOptions oneCall() {
    return WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(1).build();
  }

  private CompletableFuture<Void> ask() {
    Ask plan =
        temporal
            .client()
            .newWorkflowStub(Ask.class, WorkflowOptions.newBuilder().setTaskQueue(PLANS).build());
    return WorkflowClient.execute(plan::everything);
  }

  /** Takes a while for a unit. */
  private static final class Asked extends IdleActivities {
    private final int naps;
    private final int millis;
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();

    /**
     * @param naps of so many milliseconds, after each of which it looks up
     */
    Asked(int naps, int millis) {
      super(new CampaignSize(1, 1, 1, UNITS, 0), "none");
      this.naps = naps;
      this.millis = millis;
    }

    @Override
    public LlmStep explain(FeatureUnit unit) {
      begun.add(unit.unit());
      try (Pulse pulse = Pulse.start()) {
        for (int i = 0; i < naps; i++) {
          Thread.sleep(millis);
          pulse.check("asking");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
      done.add(unit.unit());
      return LlmStep.done();
    }
  }
}
