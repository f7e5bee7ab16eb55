package dev.piecrust.observe;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.opentracingshim.OpenTracingShim;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.opentracing.OpenTracingClientInterceptor;
import io.temporal.opentracing.OpenTracingOptions;
import io.temporal.opentracing.OpenTracingWorkerInterceptor;
import java.util.Optional;

/** Joins what a request started, through workflows, to the activities that followed from it. */
public record TemporalTraces(OpenTelemetry traces) {
  /** The options with what a client needs; the same where nobody traces. */
  public WorkflowClientOptions client(WorkflowClientOptions options) {
    return options()
        .map(
            tracing ->
                WorkflowClientOptions.newBuilder(options)
                    .setInterceptors(new OpenTracingClientInterceptor(tracing))
                    .build())
        .orElse(options);
  }

  /** What workers need. */
  public Optional<WorkerInterceptor> workers() {
    return options().map(OpenTracingWorkerInterceptor::new);
  }

  private Optional<OpenTracingOptions> options() {
    return traces == OpenTelemetry.noop()
        ? Optional.empty()
        : Optional.of(
            OpenTracingOptions.newBuilder()
                .setTracer(OpenTracingShim.createTracerShim(traces))
                .build());
  }
}
