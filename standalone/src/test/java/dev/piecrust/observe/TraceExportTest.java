package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceExportTest {
  @Test
  void goesNowhereUnlessACollectorIsNamed() {
    assertThat(TraceExport.of(Map.of()).settings()).isEmpty();
  }

  @Test
  void speaksTheProtocolOfThePort() {
    assertThat(TraceExport.of(Map.of("PIECRUST_OTLP_ENDPOINT", "http://collector:4318")).settings())
        .containsEntry("quarkus.otel.sdk.disabled", "false")
        .containsEntry("quarkus.otel.exporter.otlp.endpoint", "http://collector:4318")
        .containsEntry("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
    assertThat(TraceExport.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317/")).settings())
        .containsEntry("quarkus.otel.exporter.otlp.protocol", "grpc");
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThatThrownBy(() -> TraceExport.of(Map.of("PIECRUST_OTLP_ENDPOINT", "collector:4318")))
        .hasMessage(
            "PIECRUST_OTLP_ENDPOINT is 'collector:4318', expected http://HOST:4318 or alike");
  }
}
