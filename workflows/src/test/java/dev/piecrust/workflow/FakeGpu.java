package dev.piecrust.workflow;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.SubjectHost;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A GPU worker that computes nothing and notes what it was asked for. */
final class FakeGpu implements GpuActivities, FeatureActivities {
  static final ArtifactRef ARTIFACT = new ArtifactRef("0".repeat(64), 1);

  private final String queue;
  private final int prompts;
  private final int batch;
  private final UnaryOperator<String> beforeCall;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  int mostHosts = Integer.MAX_VALUE;
  int windows = 1;
  int features = 1;

  /** Questions of circuit-swap; devices of one test share it. */
  AtomicInteger rounds = new AtomicInteger();

  final List<String> calls = new CopyOnWriteArrayList<>();
  final AtomicInteger attempts = new AtomicInteger();

  /**
   * @param beforeCall sees each call, such as {@code score ioi/000000-000010}, before it is
   *     answered; it may throw, or wait
   */
  FakeGpu(String queue, int prompts, int batch, UnaryOperator<String> beforeCall) {
    this.queue = queue;
    this.prompts = prompts;
    this.batch = batch;
    this.beforeCall = beforeCall;
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    note("load");
    return new GpuSession(queue, "f".repeat(64), "cpu");
  }

  /** Answers each who asks once, as a device does. */
  @Override
  public SubjectHost hostSubject(HostRequest request) {
    if (!answered.add(request.asker())) {
      throw ApplicationFailure.newBuilder()
          .setMessage("it is a host already")
          .setType("BETTER_ELSEWHERE")
          .setNextRetryDelay(Duration.ofSeconds(1))
          .build();
    }
    note("host");
    return new SubjectHost(queue, mostHosts);
  }

  @Override
  public BatchSummary pruneBatch(PruneBatch unit) {
    note("prune " + unit.unit());
    return new BatchSummary(unit.to() - unit.from(), 0, ARTIFACT, false);
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    note("prepare " + task.task());
    return new PreparedTask(prompts, batch, ARTIFACT);
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch unit) {
    note("score " + unit.unit());
    return new BatchSummary(unit.to() - unit.from(), 0, ARTIFACT, false);
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch unit) {
    note("rerank " + unit.unit());
    return new BatchSummary(unit.to() - unit.from(), 0, ARTIFACT, false);
  }

  @Override
  public CircuitQuestions askCircuits(PruneBatch task) {
    int left = rounds.getAndDecrement();
    note("ask circuits " + task.task() + " " + left);
    return new CircuitQuestions(
        left <= 0
            ? List.of()
            : List.of(
                new CircuitQuestions.Open(
                    new ArtifactRef("%064d".formatted(left), 1),
                    Stream.iterate(0, from -> from < prompts, from -> from + batch).toList())));
  }

  @Override
  public void measureCircuits(CircuitShard shard) {
    note("measure " + shard.batch().unit() + " " + shard.question().sha256().substring(63));
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch unit) {
    note("circuits " + unit.unit());
    return new BatchSummary(unit.to() - unit.from(), 0, ARTIFACT, false);
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch unit) {
    note("held-out " + unit.unit());
    return new BatchSummary(unit.to() - unit.from(), 0, ARTIFACT, false);
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch unit) {
    note("fidelity " + unit.unit());
    return new BatchSummary(unit.to() - unit.from(), 0, ARTIFACT, false);
  }

  /** Shards of one window and of one feature each. */
  @Override
  public CorpusShards openCorpus(String campaignId) {
    note("open corpus");
    return new CorpusShards(windows, 1, features, 1);
  }

  @Override
  public void scanCorpus(CorpusShard shard) {
    note("scan " + shard.unit());
  }

  @Override
  public void drawEvidence(FeatureShard shard) {
    note("draw " + shard.unit());
  }

  @Override
  public EvidenceSummary collectEvidence(String campaignId) {
    note("evidence");
    return new EvidenceSummary(1, 1, false);
  }

  @Override
  public void activateTexts(FeatureUnit unit) {
    note("activate " + unit.unit());
  }

  @Override
  public void steerFeature(FeatureUnit unit) {
    note("steer " + unit.unit());
  }

  /** Fails a call that begins like this, for good. */
  static UnaryOperator<String> failingAt(String where, PieCrustException failure) {
    return call -> {
      if (call.startsWith(where)) {
        throw Failures.toTemporal(failure);
      }
      return call;
    };
  }

  private void note(String call) {
    attempts.incrementAndGet();
    calls.add(beforeCall.apply(call));
  }
}
