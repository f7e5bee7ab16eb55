package dev.piecrust.workflow.label;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;

/**
 * Gives every activity and every child workflow a summary, which Temporal's pages show, and every
 * activity a priority. Neither is compared at a replay, so campaigns that began without go on.
 */
public final class CallLabels extends WorkerInterceptorBase {
  @Override
  public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
    return new WorkflowInboundCallsInterceptorBase(next) {
      @Override
      public void init(WorkflowOutboundCallsInterceptor outbound) {
        super.init(new Labelling(outbound));
      }
    };
  }

  private static final class Labelling extends WorkflowOutboundCallsInterceptorBase {
    Labelling(WorkflowOutboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public <R> ActivityOutput<R> executeActivity(ActivityInput<R> call) {
      ActivityOptions options =
          ActivityOptions.newBuilder(call.getOptions())
              .setSummary(CallSummary.of(call.getActivityName(), call.getArgs()))
              .setPriority(
                  CallPriority.ofCall(
                      Workflow.getInfo().getWorkflowId(),
                      call.getActivityName(),
                      call.getOptions()))
              .build();
      return super.executeActivity(
          new ActivityInput<>(
              call.getActivityName(),
              call.getResultClass(),
              call.getResultType(),
              call.getArgs(),
              options,
              call.getHeader()));
    }

    @Override
    public <R> ChildWorkflowOutput<R> executeChildWorkflow(ChildWorkflowInput<R> call) {
      ChildWorkflowOptions options =
          ChildWorkflowOptions.newBuilder(call.getOptions())
              .setStaticSummary(CallSummary.of(call.getWorkflowType(), call.getArgs()))
              .build();
      return super.executeChildWorkflow(
          new ChildWorkflowInput<>(
              call.getWorkflowId(),
              call.getWorkflowType(),
              call.getResultClass(),
              call.getResultType(),
              call.getArgs(),
              options,
              call.getHeader()));
    }
  }
}
