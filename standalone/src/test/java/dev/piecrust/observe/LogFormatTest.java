package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  @Test
  void isTextUnlessJsonIsAskedFor() {
    assertThat(LogFormat.of(Map.of())).isEqualTo(LogFormat.TEXT);
    assertThat(LogFormat.TEXT.settings()).isEmpty();
    assertThat(LogFormat.of(Map.of("PIECRUST_LOG_FORMAT", "json")).settings())
        .containsEntry("quarkus.log.console.json.enabled", "true")
        .containsEntry("quarkus.log.file.enabled", "false");
  }

  @Test
  void refusesAnythingElse() {
    assertThatThrownBy(() -> LogFormat.of(Map.of("PIECRUST_LOG_FORMAT", "xml")))
        .hasMessage("PIECRUST_LOG_FORMAT is 'xml', expected text or json");
  }
}
