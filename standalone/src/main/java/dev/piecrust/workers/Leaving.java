package dev.piecrust.workers;

import dev.piecrust.activity.Pulse;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a process is told to stop, or leaves a queue, it gives back what it has: work that looks up
 * from what it does fails as leaving at once, and what a poll still brings is not begun. Others
 * need not wait for its silence.
 */
final class Leaving extends WorkerInterceptorBase {
  /**
   * Its polls end within a second or so; one that brings the same again costs an attempt of
   * several.
   */
  private static final Duration AGAIN = Duration.ofMillis(500);

  private volatile boolean leaves;

  /** From now on. */
  void begin() {
    leaves = true;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new GivesBack(next);
  }

  /** What it is that somebody else is to do. */
  static ApplicationFailure givenBack(@Nullable Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setMessage("the process that had it is leaving")
        .setType("LEAVING")
        .setCause(cause)
        .setNextRetryDelay(AGAIN)
        .setCategory(ApplicationErrorCategory.BENIGN) // it is what processes do
        .build();
  }

  private final class GivesBack extends ActivityInboundCallsInterceptorBase {
    GivesBack(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      super.init(new Told(context));
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      if (leaves) {
        throw givenBack(null);
      }
      try {
        return super.execute(input);
      } catch (ActivityWorkerShutdownException e) {
        throw givenBack(e);
      } catch (RuntimeException e) {
        throw leaves && Thread.interrupted() ? givenBack(e) : e;
      } finally {
        if (leaves) {
          boolean unused = Thread.interrupted(); // how it ended could not be told otherwise
        }
      }
    }
  }

  private final class Told extends ActivityExecutionContextBase implements Pulse.Ends {
    Told(ActivityExecutionContext next) {
      super(next);
    }

    @Override
    public void check() {
      if (leaves) {
        throw new ActivityWorkerShutdownException(getInfo());
      }
    }
  }
}
