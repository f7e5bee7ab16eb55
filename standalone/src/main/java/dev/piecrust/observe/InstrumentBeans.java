package dev.piecrust.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** The instruments of this process, for whoever asks once it runs. */
@Singleton
public class InstrumentBeans {
  private static final String UNTRACED = "quarkus.otel.sdk.disabled";

  @Produces
  @Singleton
  Instruments instruments(MeterRegistry meters, Vitals vitals, Instance<OpenTelemetry> traces) {
    boolean untraced = ConfigProvider.getConfig().getValue(UNTRACED, Boolean.class);
    return new Instruments(meters, vitals, untraced ? OpenTelemetry.noop() : traces.get());
  }
}
