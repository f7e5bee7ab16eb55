package dev.piecrust.observe;

import dev.piecrust.activity.TaskQueues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;

/** The instruments of this process, for whoever asks once it runs. */
@Singleton
public class InstrumentBeans {
  private static final String UNTRACED = "quarkus.otel.sdk.disabled";

  /** Ours and Temporal's are a few hundred; a page of more nobody reads. */
  private static final int MOST_METERS = 2000;

  @Produces
  @Singleton
  MeterFilter seriesLimit() {
    return new SeriesLimit(
        MOST_METERS, Set.of(TaskQueues.CONTROL, TaskQueues.GPU, TaskQueues.HOSTS, TaskQueues.LLM));
  }

  @Produces
  @Singleton
  Instruments instruments(MeterRegistry meters, Vitals vitals, Instance<OpenTelemetry> traces) {
    boolean untraced = ConfigProvider.getConfig().getValue(UNTRACED, Boolean.class);
    return new Instruments(meters, vitals, untraced ? OpenTelemetry.noop() : traces.get());
  }
}
