package dev.piecrust.observe;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.metric.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityCompletionException;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Times every attempt at an activity, and how long it waited on its queue. */
public final class ActivityMeters extends WorkerInterceptorBase {
  private static final String DONE = "done";
  private static final String FAILED = "failed";
  private static final String CANCELLED = "cancelled";

  private static final Set<String> SHARED_QUEUES =
      Set.of(TaskQueues.CONTROL, TaskQueues.GPU, TaskQueues.HOSTS, TaskQueues.LLM);

  /** For the queues of single workers, whose names would be without end. */
  private static final String SESSION = TaskQueues.GPU + "-session";

  private final MeterRegistry meters;

  public ActivityMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Timed(next);
  }

  private static String queue(String name) {
    return SHARED_QUEUES.contains(name) ? name : SESSION;
  }

  /** Cancelled by a person, or because the attempt was given to another worker. */
  private static boolean cancels(Throwable e) {
    return e instanceof CanceledFailure
        || e instanceof ActivityCompletionException
        || (e instanceof ApplicationFailure failure
            && failure.getCategory() == ApplicationErrorCategory.BENIGN);
  }

  private final class Timed extends ActivityInboundCallsInterceptorBase {
    private Optional<ActivityInfo> info = Optional.empty();

    Timed(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      info = Optional.of(context.getInfo());
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      ActivityInfo activity = info.orElseThrow();
      // Both by the server's clock.
      long waitedMs =
          activity.getStartedTimestamp() - activity.getCurrentAttemptScheduledTimestamp();
      Meters.QUEUE_LATENCY
          .timer(meters, queue(activity.getActivityTaskQueue()))
          .record(Duration.ofMillis(Math.max(0, waitedMs)));
      Timer.Sample start = Timer.start(meters);
      String outcome = FAILED;
      try {
        ActivityOutput output = super.execute(input);
        outcome = DONE;
        return output;
      } catch (RuntimeException e) {
        outcome = cancels(e) ? CANCELLED : FAILED;
        throw e;
      } finally {
        String type = activity.getActivityType();
        start.stop(
            Meters.ACTIVITY_DURATION.timer(meters, type, ActivityScope.of(type).stage(), outcome));
      }
    }
  }
}
