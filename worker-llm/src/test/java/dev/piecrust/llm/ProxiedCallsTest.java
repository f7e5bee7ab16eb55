package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.llm.LlmException.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to a provider that only a proxy can reach; the endpoint stands in for the proxy. */
final class ProxiedCallsTest {
  private Endpoint proxy;
  private Wire wire;

  @BeforeEach
  void start() throws IOException {
    proxy = new Endpoint();
    String named = "me:secret@" + URI.create(proxy.url()).getAuthority();
    wire = new Wire(Duration.ofSeconds(20), EnvironmentProxies.of(Map.of("HTTP_PROXY", named)));
  }

  @AfterEach
  void stop() {
    proxy.close();
  }

  @Test
  void goThroughTheProxyWithItsPassword() {
    proxy.answer(200, "{\"fine\": true}");
    assertThat(wire.execute(request()).body()).isEqualTo("{\"fine\": true}");
    assertThat(proxy.headers.get(0))
        .containsEntry("Host", List.of("llm.example"))
        .containsEntry("Proxy-authorization", List.of("Basic bWU6c2VjcmV0"))
        .containsEntry("Authorization", List.of("Bearer key"));
  }

  @Test
  void sayThatTheProxyWantsAPassword() {
    proxy.answer(407, "");
    HttpFailure failure = catchThrowableOfType(HttpFailure.class, () -> wire.execute(request()));
    Troubles troubles =
        new Troubles(LlmProviderKind.OPENAI, new ApiKey(Optional.empty()), Clock.systemUTC());
    assertThatThrownBy(
            () -> {
              throw troubles.of(failure);
            })
        .hasMessage("openai is behind a proxy that wants another name or password (407)")
        .satisfies(e -> assertThat(((LlmException) e).kind()).isEqualTo(Kind.UNAUTHORIZED));
  }

  private static HttpRequest request() {
    return HttpRequest.builder()
        .method(HttpMethod.POST)
        .url("http://llm.example/v1/chat/completions")
        .addHeader("Authorization", "Bearer key")
        .body("{}")
        .build();
  }
}
