package dev.piecrust.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;

/**
 * What operators see a process by.
 *
 * @param meters where it counts what it does
 * @param vitals what it needs, and what keeps it alive
 * @param traces where it says what followed from what
 */
public record Instruments(MeterRegistry meters, Vitals vitals, OpenTelemetry traces) {
  /** For a process at which nobody looks. */
  public static Instruments none() {
    return new Instruments(new CompositeMeterRegistry(), new Vitals(), OpenTelemetry.noop());
  }
}
