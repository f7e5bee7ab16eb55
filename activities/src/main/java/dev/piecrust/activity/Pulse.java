package dev.piecrust.activity;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of one activity: beats by itself as soon as the work runs and as long as it does,
 * and tells the work at its next {@link #check} that it was cancelled.
 */
public final class Pulse implements AutoCloseable {
  /** What an activity says that has not begun, because it waits for its turn on the device. */
  public static final String WAITING = "waiting for the device";

  /** Well under the heartbeat timeout of any option, so that one late beat costs nothing. */
  private static final long BEAT_SECONDS = 2;

  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "piecrust-pulse");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicReference<@Nullable ActivityCompletionException> ended =
      new AtomicReference<>();
  private final Ends ends;
  private volatile String detail = "";

  /** A context that knows, between two beats, that the work has to end. */
  public interface Ends {
    /** Throws where it has to. */
    void check() throws ActivityCompletionException;
  }

  private Pulse(Ends ends) {
    this.ends = ends;
  }

  /** The pulse of the activity that runs on this thread. */
  public static Pulse start() {
    return start(Activity.getExecutionContext());
  }

  /** The pulse of the activity with this context. */
  public static Pulse start(ActivityExecutionContext context) {
    Pulse pulse = new Pulse(context instanceof Ends soon ? soon : () -> {});
    Future<?> unused =
        pulse.beat.scheduleAtFixedRate(
            () -> pulse.send(context), 0, BEAT_SECONDS, TimeUnit.SECONDS);
    return pulse;
  }

  private void send(ActivityExecutionContext context) {
    try {
      context.heartbeat(detail);
    } catch (ActivityCompletionException e) {
      ended.set(e);
    }
  }

  /**
   * Says how far the work is, and stops it here if it was cancelled or given to someone else, or if
   * the process is told to stop.
   */
  public void check(String progress) {
    detail = progress;
    ends.check();
    ActivityCompletionException e = ended.get();
    if (e != null) {
      throw e;
    }
  }

  @Override
  public void close() {
    // Not at once: a beat that is under way would be cut off, and be logged as a failure.
    beat.shutdown();
  }
}
