package dev.piecrust.observe;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import com.uber.m3.util.Duration;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.common.reporter.MicrometerClientStatsReporter;

/** Shows what Temporal's SDK measures of itself, as {@code temporal_…}. */
public final class TemporalMetrics implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Scope scope;

  public TemporalMetrics(MeterRegistry meters) {
    scope =
        new RootScopeBuilder()
            .reporter(new MicrometerClientStatsReporter(meters))
            .reportEvery(EVERY);
  }

  /** For {@code WorkflowServiceStubsOptions}. */
  public Scope scope() {
    return scope;
  }

  @Override
  public void close() {
    try {
      scope.close();
    } catch (ScopeCloseException e) {
      throw new IllegalStateException(e);
    }
  }
}
