package dev.piecrust.batch;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.llm.Endpoint;
import dev.piecrust.llm.LlmException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches of a provider that only a proxy can reach; the endpoint stands in for the proxy. */
final class HttpTest {
  private Endpoint proxy;
  private Http http;

  @BeforeEach
  void start() throws IOException {
    proxy = new Endpoint();
    String named = "me:secret@" + URI.create(proxy.url()).getAuthority();
    LlmSpec llm =
        new LlmSpec(
            LlmProviderKind.OPENAI,
            "m",
            Optional.of("http://llm.example/v1/"),
            Optional.empty(),
            LlmSchedule.BATCH,
            Optional.empty(),
            10,
            1,
            1,
            Optional.empty(),
            true);
    http =
        new Http(
            llm,
            Map.of("x-api-key", "key"),
            EnvironmentProxies.of(Map.of("http_proxy", named)),
            LlmAccess.of(Map.of()));
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void goesThroughTheProxyWithItsPassword() {
    proxy.answer(200, "{\"id\": \"batch-1\"}");
    assertThat(http.get("/batches/batch-1").path("id").asText()).isEqualTo("batch-1");
    assertThat(proxy.headers.get(0))
        .containsEntry("Host", List.of("llm.example"))
        .containsEntry("Proxy-authorization", List.of("Basic bWU6c2VjcmV0"))
        .containsEntry("X-api-key", List.of("key"));
  }

  @Test
  void waitsUntilTheDateThatAnAnswerTells() {
    proxy.script(
        exchange -> {
          String date =
              DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(UTC).plusHours(1));
          exchange.getResponseHeaders().set("Retry-After", date);
          Endpoint.json(exchange, 429, "{}");
        });
    LlmException failure =
        catchThrowableOfType(LlmException.class, () -> http.get("/batches/batch-1"));
    assertThat(failure.kind()).isEqualTo(LlmException.Kind.RATE_LIMITED);
    assertThat(failure.retryAfter().orElseThrow())
        .isBetween(Duration.ofMinutes(59), Duration.ofMinutes(60));
  }

  @Test
  void givesUpTheAccountWhereTheProxyWantsAnotherPassword() {
    proxy.answer(407, "");
    LlmException failure =
        catchThrowableOfType(LlmException.class, () -> http.get("/batches/batch-1"));
    assertThat(failure.kind()).isEqualTo(LlmException.Kind.UNAUTHORIZED);
  }
}
