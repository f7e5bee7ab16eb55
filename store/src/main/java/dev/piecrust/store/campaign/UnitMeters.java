package dev.piecrust.store.campaign;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.metric.Meters;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts units that ended, by the kind of their stage. */
record UnitMeters(MeterRegistry meters) {
  private static final String TRANSCRIPT = FeatureStages.transcript("");

  /** A stage may be named after its task too, which is left out: {@code score ioi}. */
  void ended(String stage, int done, int failed) {
    if (!stage.startsWith(TRANSCRIPT)) {
      String kind = stage.split(" ", 2)[0];
      Meters.UNITS.counter(meters, kind, "done").increment(done);
      Meters.UNITS.counter(meters, kind, "failed").increment(failed);
    }
  }
}
