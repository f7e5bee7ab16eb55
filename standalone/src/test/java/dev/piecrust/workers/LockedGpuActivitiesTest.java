package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.SubjectHost;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.metric.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class LockedGpuActivitiesTest {
  private static final ArtifactRef PAIRS = new ArtifactRef("0".repeat(64), 1);

  @Test
  void letsTheSecondActivityWaitWithHeartbeatsUntilTheFirstIsDone() throws Exception {
    SlowDevice device = new SlowDevice();
    CountDownLatch waiting = new CountDownLatch(1);
    DeviceLock turn =
        new DeviceLock(
            campaign -> "subject",
            waiting::countDown,
            Meters.DEVICE_WAIT.timer(new SimpleMeterRegistry()),
            new DeviceQueue(System::nanoTime));
    DeviceScheduler fleet = new DeviceScheduler(List::of, rest -> {});
    fleet.add(
        "own",
        device::loadModel,
        turn,
        new SubjectHosts(queue -> () -> {}, campaign -> false, campaign -> false));
    GpuActivities gpu = new LockedGpuActivities(device, turn, fleet, campaign -> {}, new NoHosts());
    CompletableFuture<BatchSummary> first =
        CompletableFuture.supplyAsync(
            () -> gpu.scoreFeatures(new PruneBatch("c", "ioi", 0, 1, PAIRS)));
    assertThat(device.working.await(120, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<GpuSession> second =
        CompletableFuture.supplyAsync(() -> gpu.loadModel("other"));
    assertThat(waiting.await(120, TimeUnit.SECONDS)).isTrue();
    assertThat(second).isNotDone();

    device.mayEnd.countDown();
    assertThat(first.get(120, TimeUnit.SECONDS).done()).isEqualTo(1);
    assertThat(second.get(120, TimeUnit.SECONDS).queue()).isEqualTo("own");
    assertThat(device.most.get()).isEqualTo(1);
  }

  /** Scores until it is told to end, and counts who is inside. */
  private static final class SlowDevice implements GpuActivities {
    final CountDownLatch working = new CountDownLatch(1);
    final CountDownLatch mayEnd = new CountDownLatch(1);
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    @Override
    public GpuSession loadModel(String campaignId) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      inside.decrementAndGet();
      return new GpuSession("own", "f", "cpu");
    }

    @Override
    public BatchSummary scoreFeatures(PruneBatch batch) {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      working.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      inside.decrementAndGet();
      return new BatchSummary(1, 0, PAIRS, false);
    }

    @Override
    public SubjectHost hostSubject(HostRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BatchSummary pruneBatch(PruneBatch batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PreparedTask prepareTask(TaskRef task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BatchSummary rerankSynergy(PruneBatch batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CircuitQuestions askCircuits(PruneBatch task) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void measureCircuits(CircuitShard shard) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BatchSummary chooseCircuits(PruneBatch batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BatchSummary checkCircuits(PruneBatch batch) {
      throw new UnsupportedOperationException();
    }

    @Override
    public BatchSummary checkFidelity(PruneBatch batch) {
      throw new UnsupportedOperationException();
    }
  }
}
