package dev.piecrust.workflow;

import static dev.piecrust.activity.LlmStep.unscored;
import static dev.piecrust.activity.LlmStep.waiting;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.PrunePhases;
import dev.piecrust.activity.TaskQueues;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.workflow.feature.Ordinals;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Interpreting and evaluating, with a language model and a device that do as they are told. */
@Timeout(300)
final class FeatureStagesTest {
  private static final String F0 = "L000/0000000";
  private static final String F1 = "L000/0000001";

  private final FakeControl control = new FakeControl(plan(4, 0.5), 2);
  private final FakeGpu gpu = new FakeGpu("own", 10, 10, call -> call);

  @Test
  void explainsAllFeaturesThenEvaluatesThem() {
    FakeLlm llm = FakeLlm.willing(true);
    run(control, llm);
    assertThat(control.states).containsExactly("running", "finished");
    assertThat(control.stages)
        .endsWith("evidence: 2", "explain: 2", "evaluate: 2", "evaluate: 2")
        .hasSize(7);
    assertThat(llm.calls.subList(0, 2)).containsExactlyInAnyOrder("explain " + F0, "explain " + F1);
    assertThat(of(llm, F0))
        .containsExactlyInAnyOrder("explain", "write", "rate", "score", "rate-steered", "score")
        .startsWith("explain")
        .endsWith("score", "rate-steered", "score");
    assertThat(gpu.calls).containsSubsequence("circuits ioi/000000-000010", "load", "evidence");
    assertThat(gpu.calls).containsSubsequence("evidence", "load", "activate " + F1, "steer " + F1);
    assertThat(gpu.calls).filteredOn("load"::equals).hasSize(3);
  }

  @Test
  void steersOnlyWhereTheScoresAskForIt() {
    FakeLlm llm = FakeLlm.willing(false);
    run(control, llm);
    assertThat(gpu.calls).contains("activate " + F0).noneMatch(call -> call.startsWith("steer"));
    assertThat(of(llm, F0)).hasSize(4).endsWith("score");
  }

  @Test
  void stopsAfterPruningOrExplainingWhereNoMoreIsAskedFor() {
    FakeControl pruneOnly = new FakeControl(plan(false, false, 4, 0.5), 2);
    run(pruneOnly, FakeLlm.willing(true));
    assertThat(pruneOnly.stages).hasSize(3);
    FakeControl explainOnly = new FakeControl(plan(true, false, 4, 0.5), 2);
    FakeLlm llm = FakeLlm.willing(true);
    run(explainOnly, llm);
    assertThat(explainOnly.stages).endsWith("evidence: 2", "explain: 2").hasSize(5);
    assertThat(llm.calls).hasSize(2);
  }

  @Test
  void goesStraightToTheReportWhereNoFeatureIsSelected() {
    FakeControl none = new FakeControl(plan(4, 0.5), 0);
    run(none, FakeLlm.willing(true));
    assertThat(none.states).containsExactly("running", "finished");
    assertThat(gpu.calls).doesNotContain("evidence");
  }

  @Test
  void neverHasMoreFeaturesUnderWayThanAskedFor() {
    FakeControl many = new FakeControl(plan(true, false, 3, 0.5), 40);
    FakeLlm llm = new FakeLlm(false, FeatureStagesTest::slowly);
    run(many, llm);
    assertThat(llm.mostUnderWay).hasValue(3);
    assertThat(llm.calls).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void asksAgainAfterATimerWhereAStepWaits() {
    ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();
    Function<String, LlmStep> twice =
        call ->
            call.startsWith("explain") && asked.merge(call, 1, Integer::sum) < 3
                ? waiting(7200, "the batch is under way")
                : LlmStep.done();
    FakeLlm llm = new FakeLlm(false, twice);
    try (TestBench bench = TestBench.with(control, gpu, llm)) {
      long before = bench.temporal.currentTimeMillis();
      bench.run();
      assertThat(bench.temporal.currentTimeMillis() - before).isGreaterThan(4 * 3600 * 1000L);
    }
    assertThat(of(llm, F0)).startsWith("explain", "explain", "explain").hasSize(6);
    assertThat(control.parked).isEmpty();
  }

  @Test
  void doesNotEvaluateAFeatureWithoutADescription() {
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("explain " + F0, unscored("no JSON in the reply")));
    run(control, llm);
    assertThat(control.parkedLines()).containsExactly("explain|" + F0 + "|no JSON in the reply");
    assertThat(control.parked.get(0).prompts()).isEqualTo(1);
    assertThat(of(llm, F0)).containsExactly("explain");
    assertThat(of(llm, F1)).hasSize(4);
    assertThat(control.stages).endsWith("evaluate: 2", "evaluate: 1");
    assertThat(control.states).containsExactly("running", "finished with failures");
  }

  @Test
  void takesNothingToExplainForNoFailure() {
    FakeControl strict = new FakeControl(plan(1, 0.0), 10);
    LlmStep nothing = LlmStep.nothing("the feature is never active in the corpus");
    FakeLlm llm =
        new FakeLlm(false, call -> call.matches("explain .*[0-4]") ? nothing : LlmStep.done());
    run(strict, llm);
    assertThat(strict.parked).isEmpty();
    assertThat(strict.states).containsExactly("running", "finished");
    assertThat(strict.stages).endsWith("evaluate: 10", "evaluate: 5");
    assertThat(llm.calls).filteredOn(call -> call.startsWith("explain")).hasSize(10);
    assertThat(llm.calls).filteredOn(call -> call.startsWith("score")).hasSize(5);
  }

  @Test
  void goesOnWithTheRestWhereThereIsNothingToRate() {
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("rate " + F0, LlmStep.nothing("never active")));
    run(control, llm);
    assertThat(control.parked).isEmpty();
    assertThat(of(llm, F0)).contains("write", "score");
    assertThat(control.states).containsExactly("running", "finished");
  }

  @Test
  void scoresOnTheRestWhereTextsCannotBeHad() {
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("write " + F0, unscored("refused")));
    run(control, llm);
    assertThat(control.parkedLines()).containsExactly("evaluate|" + F0 + "|refused");
    assertThat(of(llm, F0))
        .containsExactlyInAnyOrder("explain", "write", "rate", "score")
        .endsWith("score");
    assertThat(gpu.calls).doesNotContain("activate " + F0).contains("activate " + F1);
  }

  @Test
  void parksAFeatureWhoseDeviceWorkKeepsFailingAndScoresTheRest() {
    FakeGpu failing =
        new FakeGpu(
            "own", 10, 10, FakeGpu.failingAt("activate " + F1, PieCrustException.numeric("a NaN")));
    FakeLlm llm = FakeLlm.willing(false);
    try (TestBench bench = TestBench.with(control, failing, llm)) {
      bench.run();
    }
    assertThat(control.parkedLines()).containsExactly("evaluate|" + F1 + "|a NaN");
    assertThat(of(llm, F1)).endsWith("score");
  }

  @Test
  void parksAFeatureWhoseProviderKeepsFailing() {
    FakeLlm llm =
        new FakeLlm(
            false,
            failing("rate " + F1, new PieCrustException(FailureCategory.EXTERNAL, "no answer")));
    run(control, llm);
    assertThat(control.parkedLines()).containsExactly("evaluate|" + F1 + "|no answer");
    assertThat(of(llm, F1)).containsExactly("explain", "write", "score");
    assertThat(control.states).endsWith("finished with failures");
  }

  @Test
  void failsAtOnceWhereTheUserHasToChangeSomething() {
    FakeLlm llm = new FakeLlm(false, failing("explain", PieCrustException.user("no key in KEY")));
    assertThatThrownBy(() -> run(control, llm))
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
    assertThat(control.states).containsExactly("running", "failed: no key in KEY");
    assertThat(control.parked).isEmpty();
  }

  @Test
  void sharesOneNewSessionAmongAllFeaturesThatLostTheirWorker() throws Exception {
    FakeControl six = new FakeControl(plan(6, 0.5), 6);
    CountDownLatch acquired = new CountDownLatch(1);
    AtomicReference<Worker> machine = new AtomicReference<>();
    FakeGpu first =
        new FakeGpu("own-1", 10, 10, call -> leaveAt(call, requireNonNull(machine.get())));
    FakeGpu second = new FakeGpu("own-2", 10, 10, call -> countDown(call, acquired));
    FakeLlm llm = FakeLlm.willing(true);
    try (TestBench bench = new TestBench(six)) {
      bench.gpu(TaskQueues.GPU, new SessionsInTurn(List.of(first, first, first, second)));
      machine.set(bench.gpu("own-1", first));
      bench.gpu("own-2", second);
      bench.llm(llm);
      WorkflowStub campaign = WorkflowStub.fromTyped(bench.start());
      bench.skipTimeUntil(acquired);
      campaign.getResult(Void.class);
    }
    assertThat(second.calls).filteredOn("load"::equals).hasSize(1);
    assertThat(second.calls).filteredOn(call -> call.startsWith("steer")).hasSizeGreaterThan(1);
    assertThat(six.parked).isEmpty();
    assertThat(six.states).containsExactly("running", "finished");
  }

  @Test
  void continuesAsNewWithoutLosingOrRepeatingAFeature() {
    FakeControl many = new FakeControl(plan(true, false, 16, 0.5), 1500);
    FakeLlm llm = new FakeLlm(false, FakeLlm.at("explain " + F1, unscored("not JSON")));
    try (TestBench bench = TestBench.with(many, gpu, llm)) {
      bench.run();
      assertThat(bench.input(TestBench.CAMPAIGN + "/interpret"))
          .contains("\"failed\":" + Json.write(Ordinals.of(List.of(1))));
    }
    assertThat(llm.calls).hasSize(1500).doesNotHaveDuplicates();
    assertThat(many.parked).hasSize(1);
  }

  @Test
  void continuesAsNewWithWhatStillWaitsAndForgetsNoneOfIt() {
    FakeControl some = new FakeControl(plan(true, false, 4, 0.5), 6);
    ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();
    // Six features wait 200 times each; a wait is some ten events, and 4,096 are a long history.
    FakeLlm llm =
        new FakeLlm(
            false,
            call ->
                asked.merge(call, 1, Integer::sum) <= 200
                    ? waiting(60, "the batch is under way")
                    : LlmStep.done());
    try (TestBench bench = TestBench.with(some, gpu, llm)) {
      bench.run();
      assertThat(bench.input(TestBench.CAMPAIGN + "/interpret"))
          .contains("\"open\":")
          .doesNotContain("\"open\":\"\"");
    }
    assertThat(asked).hasSize(6).allSatisfy((call, times) -> assertThat(times).isEqualTo(201));
    assertThat(some.parked).isEmpty();
    assertThat(some.states).containsExactly("running", "finished");
  }

  private static String leaveAt(String call, Worker machine) {
    if (call.startsWith("activate")) {
      machine.suspendPolling();
    }
    return call;
  }

  private static String countDown(String call, CountDownLatch latch) {
    latch.countDown();
    return call;
  }

  private static Function<String, LlmStep> failing(String where, PieCrustException failure) {
    return call -> {
      if (call.startsWith(where)) {
        throw Failures.toTemporal(failure);
      }
      return LlmStep.done();
    };
  }

  /** Long enough for others to begin meanwhile, if they may. */
  private static LlmStep slowly(String call) {
    try {
      Thread.sleep(30);
      return LlmStep.done();
    } catch (InterruptedException e) {
      throw new IllegalStateException(call, e);
    }
  }

  /** What was asked about a feature, without its name. */
  private static List<String> of(FakeLlm llm, String unit) {
    return llm.calls.stream()
        .filter(call -> call.endsWith(unit))
        .map(call -> call.substring(0, call.indexOf(' ')))
        .toList();
  }

  private static CampaignPlan plan(int concurrency, double failureShare) {
    return plan(true, true, concurrency, failureShare);
  }

  private static CampaignPlan plan(
      boolean interpret, boolean evaluate, int concurrency, double failureShare) {
    return new CampaignPlan(
        List.of("ioi"),
        failureShare,
        new PrunePhases(false, false),
        interpret,
        evaluate,
        concurrency,
        false);
  }

  private void run(FakeControl with, FakeLlm llm) {
    try (TestBench bench = TestBench.with(with, gpu, llm)) {
      bench.run();
    }
  }
}
