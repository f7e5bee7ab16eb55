package dev.piecrust.workers;

import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.TaskQueues;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.Optional;

/**
 * Heartbeats of book-keeping, which knows nothing of Temporal itself: without them a worker that
 * died in a report would be missed only when the report's time is up.
 */
final class BookKeepingPulse extends WorkerInterceptorBase {
  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Beating(next);
  }

  private static final class Beating extends ActivityInboundCallsInterceptorBase {
    private Optional<ActivityExecutionContext> bookKeeping = Optional.empty();

    Beating(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      bookKeeping =
          Optional.of(context)
              .filter(c -> c.getInfo().getActivityTaskQueue().equals(TaskQueues.CONTROL));
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      if (bookKeeping.isEmpty()) {
        return super.execute(input);
      }
      Pulse pulse = Pulse.start(bookKeeping.get());
      try {
        return super.execute(input);
      } finally {
        pulse.close();
      }
    }
  }
}
