package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SeriesLimitTest {
  private final MeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void tellsNoCampaignsAndNoSingleWorkersQueuesApart() {
    meters.config().meterFilter(new SeriesLimit(100, Set.of("piecrust-gpu")));
    for (int i = 0; i < 50; i++) {
      meters
          .counter("temporal_request", "workflow_id", "campaign-" + i, "task_queue", "gpu-" + i)
          .increment();
    }
    meters.counter("temporal_request", "task_queue", "piecrust-gpu").increment();
    assertThat(meters.getMeters()).hasSize(2);
    assertThat(meters.get("temporal_request").tag("task_queue", "other").counter().count())
        .isEqualTo(50);
    assertThat(meters.get("temporal_request").tag("task_queue", "piecrust-gpu").counter().count())
        .isEqualTo(1);
  }

  @Test
  void keepsNoHistogramsOfTheSdk() {
    MeterFilter filter = new SeriesLimit(100, Set.of());
    DistributionStatisticConfig wanted =
        DistributionStatisticConfig.builder().percentilesHistogram(true).build();
    assertThat(filter.configure(timer("temporal_latency"), wanted).isPercentileHistogram())
        .isFalse();
    assertThat(filter.configure(timer("piecrust_latency"), wanted).isPercentileHistogram())
        .isTrue();
  }

  private static Meter.Id timer(String name) {
    return new Meter.Id(name, Tags.empty(), null, null, Meter.Type.TIMER);
  }

  @Test
  void hasALastMeter() {
    meters.config().meterFilter(new SeriesLimit(10, Set.of()));
    for (int i = 0; i < 100; i++) {
      meters.counter("anything", "number", "" + i).increment();
      meters.counter("anything", "number", "0").increment();
    }
    assertThat(meters.getMeters()).hasSize(10);
    assertThat(meters.get("anything").tag("number", "0").counter().count()).isEqualTo(101);
  }
}
