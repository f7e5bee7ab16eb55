package dev.piecrust.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetersTest {
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void areSeenByPrometheusUnderTheNamesOfItsConvention() {
    assertThat(Meters.UNITS.series()).containsExactly("piecrust_units_total");
    assertThat(Meters.LLM_SPENT.series()).containsExactly("piecrust_llm_spent_usd_total");
    assertThat(Meters.DEVICE_MEMORY_USED.series())
        .containsExactly("piecrust_device_memory_used_bytes");
    assertThat(Meters.QUEUE_LATENCY.series())
        .containsExactly(
            "piecrust_queue_latency_seconds_count",
            "piecrust_queue_latency_seconds_sum",
            "piecrust_queue_latency_seconds_max",
            "piecrust_queue_latency_seconds_bucket");
  }

  @Test
  void haveTheirTagsInOrder() {
    Meters.UNITS.counter(registry, "score", "done").increment(3);
    assertThat(
            registry
                .get("piecrust.units")
                .tag("stage", "score")
                .tag("outcome", "done")
                .counter()
                .count())
        .isEqualTo(3);
    Meters.DEVICE_WAIT.timer(registry).record(Duration.ofSeconds(2));
    assertThat(registry.get("piecrust.device.wait").timer().takeSnapshot().histogramCounts())
        .hasSize(10);
  }

  @Test
  void refuseTagsThatTheyDoNotHave() {
    assertThatThrownBy(() -> Meters.UNITS.counter(registry, "score"))
        .hasMessageContaining("[stage, outcome]");
    assertThatThrownBy(() -> Meters.UNITS.timer(registry, "score", "done"))
        .hasMessageContaining("is a COUNTER");
  }

  @ParameterizedTest
  @EnumSource
  void tellNoCampaignApartFromOthers(Meters meter) {
    assertThat(meter.tags()).doesNotContain("campaign", "unit", "feature", "prompt", "worker");
    assertThat(meter.id()).matches("piecrust(\\.[a-z]+)+");
    assertThat(meter.help()).matches("[A-Z].*[^.]");
  }
}
