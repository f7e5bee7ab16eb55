package dev.piecrust.workflow.gpu;

import dev.piecrust.activity.Pulse;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.Values;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.Optional;

/** What the failure of a call says about the worker that had it. */
final class LostWorker {
  private LostWorker() {}

  /** Nobody fetched the call from the worker's own queue, or its heartbeats ended. */
  static boolean is(ActivityFailure failure) {
    return timeout(failure).isPresent();
  }

  /**
   * Whether the call may be what the worker was lost by. One that only waited for the device said
   * so with its last heartbeat, and is not to blame.
   */
  static boolean mayBeLostBy(ActivityFailure failure) {
    return timeout(failure).filter(t -> !waited(t.getLastHeartbeatDetails())).isPresent();
  }

  private static boolean waited(Values said) {
    return said.getSize() > 0 && Pulse.WAITING.equals(said.get(String.class));
  }

  private static Optional<TimeoutFailure> timeout(ActivityFailure failure) {
    for (Throwable t = failure.getCause(); t != null; t = t.getCause()) {
      if (t instanceof TimeoutFailure timeout
          && (timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START
              || timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_HEARTBEAT)) {
        return Optional.of(timeout);
      }
    }
    return Optional.empty();
  }
}
