package dev.piecrust.observe;

import dev.piecrust.store.process.ProcessSign.RunningWork;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Knows which activities are under way in this process, and what they said last. */
public final class Underway extends WorkerInterceptorBase {
  private final Map<Object, RunningWork> running = new ConcurrentHashMap<>();

  /** What is under way, the oldest first. */
  public List<RunningWork> now() {
    return running.values().stream().sorted(Comparator.comparing(RunningWork::sinceMs)).toList();
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Noted(next);
  }

  private final class Noted extends ActivityInboundCallsInterceptorBase {
    private final Object key = new Object();
    private String type = "";

    Noted(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      type = context.getInfo().getActivityType();
      super.init(new Heard(key, context));
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      ActivityScope scope = ActivityScope.of(type, input.getArguments());
      running.put(
          key,
          new RunningWork(
              scope.campaign(), scope.stage(), scope.unit(), System.currentTimeMillis(), ""));
      try {
        return super.execute(input);
      } finally {
        running.remove(key);
      }
    }
  }

  /** Hears what an activity says with its heartbeats. */
  private final class Heard extends ActivityExecutionContextBase {
    private final Object key;

    Heard(Object key, ActivityExecutionContext next) {
      super(next);
      this.key = key;
    }

    @Override
    public <V> void heartbeat(V details) {
      if (details instanceof String words) {
        running.computeIfPresent(key, (same, work) -> work.saying(words));
      }
      super.heartbeat(details);
    }
  }
}
