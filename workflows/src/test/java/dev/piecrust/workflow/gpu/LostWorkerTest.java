package dev.piecrust.workflow.gpu;

import static io.temporal.api.enums.v1.TimeoutType.TIMEOUT_TYPE_HEARTBEAT;
import static io.temporal.api.enums.v1.TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START;
import static io.temporal.api.enums.v1.TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.Pulse;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import org.junit.jupiter.api.Test;

final class LostWorkerTest {
  @Test
  void blamesACallThatWasUnderWayAndNotOneThatWaitedForTheDevice() {
    ActivityFailure underWay = timeout(TIMEOUT_TYPE_HEARTBEAT, "scoring by fap");
    ActivityFailure waiting = timeout(TIMEOUT_TYPE_HEARTBEAT, Pulse.WAITING);
    assertThat(LostWorker.is(underWay)).isTrue();
    assertThat(LostWorker.mayBeLostBy(underWay)).isTrue();
    assertThat(LostWorker.is(waiting)).isTrue();
    assertThat(LostWorker.mayBeLostBy(waiting)).isFalse();
  }

  @Test
  void takesAWorkerForLostThatNeverTookTheCallButNotOneThatIsSlow() {
    ActivityFailure notTaken = timeout(TIMEOUT_TYPE_SCHEDULE_TO_START, "");
    assertThat(LostWorker.is(notTaken)).isTrue();
    assertThat(LostWorker.mayBeLostBy(notTaken)).isTrue();
    assertThat(LostWorker.is(timeout(TIMEOUT_TYPE_START_TO_CLOSE, ""))).isFalse();
  }

  private static ActivityFailure timeout(TimeoutType type, String lastHeartbeat) {
    TimeoutFailure timeout = new TimeoutFailure("timeout", lastHeartbeat, type);
    timeout.setDataConverter(DefaultDataConverter.newDefaultInstance());
    return new ActivityFailure(
        "failed", 1, 2, "ScoreFeatures", "1", RetryState.RETRY_STATE_TIMEOUT, "worker", timeout);
  }
}
