package dev.piecrust.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.activity.TrainActivities;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainPlan;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.campaign.CampaignWorkflow;
import io.temporal.client.WorkflowStub;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Campaigns that train their transcoder. */
@Timeout(300)
final class TrainStageTest {
  private static final String DIVERGES = "paused: the training diverges at step 3";

  private final FakeControl control = new FakeControl(plan(List.of()));
  private final FakeTrainer trainer = new FakeTrainer();

  /** Trains parts of two steps, and notes them. */
  private static final class FakeTrainer implements TrainActivities {
    private final List<String> parts = new CopyOnWriteArrayList<>();
    private UnaryOperator<TrainProgress> answer = UnaryOperator.identity();

    @Override
    public TrainProgress train(TrainPart part) {
      parts.add(part.unit());
      int step = 2 * part.part() + 2;
      return answer.apply(
          new TrainProgress(step, 6, 0.25, 15, 0.5, Optional.of(1e3), Optional.empty()));
    }
  }

  @Test
  void goesThroughThePartsAndSaysHowItGoes() {
    try (TestBench bench = bench(control)) {
      bench.run();
    }
    assertThat(trainer.parts).containsExactly("train/000000", "train/000001", "train/000002");
    assertThat(control.stages).containsExactly("train: 6");
    assertThat(control.states)
        .contains(
            "running: step 2 of 6: unexplained 25.00 %, 15.0 active, 50.0 % dead, 1,000 tokens/s")
        .last()
        .isEqualTo("finished");
  }

  @Test
  void endsWhereATrainingGotNoBetterForLongEnough() {
    trainer.answer = progress -> progress.ending(progress.step() == 4);
    try (TestBench bench = bench(control)) {
      bench.run();
    }
    assertThat(trainer.parts).containsExactly("train/000000", "train/000001");
    assertThat(control.stages).containsExactly("train: 6", "train: 4");
    assertThat(control.states).last().isEqualTo("finished");
  }

  @Test
  void prunesOnceItIsTrained() {
    FakeGpu gpu =
        new FakeGpu(
            "own",
            10,
            10,
            call -> {
              assertThat(trainer.parts).hasSize(3);
              return call;
            });
    FakeControl both = new FakeControl(plan(List.of("ioi")));
    try (TestBench bench = bench(both)) {
      bench.gpu("own", gpu);
      bench.host("subject", gpu);
      bench.run();
    }
    assertThat(gpu.calls).contains("prune ioi/000000-000010");
    assertThat(both.states).last().isEqualTo("finished");
  }

  @Test
  void pausesWhereItDivergesAndTriesThatPartAgain() throws Exception {
    AtomicBoolean diverges = new AtomicBoolean(true);
    trainer.answer =
        found ->
            found.step() == 4 && diverges.get() ? TrainProgress.diverged(3, 6, "at step 3") : found;
    try (TestBench bench = bench(control)) {
      CampaignWorkflow campaign = bench.start();
      control.awaitState(DIVERGES);
      diverges.set(false);
      campaign.resume("ada");
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
    }
    assertThat(trainer.parts)
        .containsExactly("train/000000", "train/000001", "train/000001", "train/000002");
  }

  @Test
  void aPauseWaitsForThePartUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    trainer.answer =
        found -> {
          begun.countDown();
          await(paused);
          return found;
        };
    try (TestBench bench = bench(control)) {
      CampaignWorkflow campaign = bench.start();
      await(begun);
      campaign.pause("ada");
      paused.countDown();
      control.awaitState("paused: paused by ada");
      campaign.resume("ada");
      WorkflowStub.fromTyped(campaign).getResult(Void.class);
    }
    assertThat(trainer.parts).hasSize(3);
  }

  @Test
  void aMistakeOfTheAuthorEndsIt() {
    trainer.answer =
        found -> {
          throw Failures.toTemporal(PieCrustException.user("a corpus, expected a larger one"));
        };
    try (TestBench bench = bench(control)) {
      assertThatThrownBy(bench::run).hasStackTraceContaining("expected a larger one");
    }
    assertThat(trainer.parts).hasSize(1);
    assertThat(control.states).last().isEqualTo("failed: a corpus, expected a larger one");
  }

  private TestBench bench(FakeControl book) {
    TestBench bench = new TestBench(book);
    bench.temporal.newWorker(TaskQueues.GPU).registerActivitiesImplementations(trainer);
    return bench;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CampaignPlan plan(List<String> tasks) {
    return new CampaignPlan(
        tasks,
        0.2,
        new PrunePhases(false, false),
        false,
        false,
        1,
        false,
        0,
        false,
        Optional.of("subject"),
        Optional.of(new TrainPlan(3, 6)));
  }
}
