package dev.piecrust.observe;

import io.opentelemetry.api.trace.Span;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import org.jboss.logging.MDC;
import org.jboss.logging.NDC;

/**
 * Has each line that an activity logs say for which campaign, stage and unit, and its span too.
 * JSON has them as fields, text in brackets.
 */
public final class ActivityLogs extends WorkerInterceptorBase {
  static final String CAMPAIGN = "campaign";
  static final String STAGE = "stage";
  static final String UNIT = "unit";

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Named(next);
  }

  private static final class Named extends ActivityInboundCallsInterceptorBase {
    private String type = "";

    Named(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      type = context.getInfo().getActivityType();
      super.init(context);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      ActivityScope scope = ActivityScope.of(type, input.getArguments());
      MDC.put(CAMPAIGN, scope.campaign());
      MDC.put(STAGE, scope.stage());
      MDC.put(UNIT, scope.unit());
      NDC.push(scope.bracketed());
      Span.current()
          .setAttribute("piecrust.campaign", scope.campaign())
          .setAttribute("piecrust.stage", scope.stage())
          .setAttribute("piecrust.unit", scope.unit());
      try {
        return super.execute(input);
      } finally {
        NDC.clear();
        MDC.remove(CAMPAIGN);
        MDC.remove(STAGE);
        MDC.remove(UNIT);
      }
    }
  }
}
