package dev.piecrust.llm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.llm.LlmException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to a provider that only a proxy can reach; the endpoint stands in for the proxy. */
final class ProxiedCallsTest {
  private static final LlmAccess ALL = LlmAccess.of(Map.of());

  private Endpoint proxy;
  private HttpTransport wire;

  @BeforeEach
  void start() throws IOException {
    proxy = new Endpoint();
    String named = "me:secret@" + URI.create(proxy.url()).getAuthority();
    wire =
        new HttpTransport(
            Duration.ofSeconds(20),
            EnvironmentProxies.of(Map.of("HTTP_PROXY", named)),
            ALL,
            body -> body);
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
    ErrorMapper troubles =
        new ErrorMapper(
            LlmProviderKind.OPENAI,
            "http://llm.example/v1",
            new ApiKey(Optional.empty()),
            Clock.systemUTC());
    assertThatThrownBy(
            () -> {
              throw troubles.of(failure);
            })
        .hasMessage(
            "openai at http://llm.example/v1/chat/completions is behind a proxy that wants another"
                + " name or password (407)")
        .satisfies(e -> assertThat(((LlmException) e).kind()).isEqualTo(Kind.UNAUTHORIZED));
  }

  @Test
  void failWithTheStatusOfAProxyThatRefusesATunnel() throws IOException {
    try (ServerSocket refusing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> done = CompletableFuture.runAsync(() -> refuseOne(refusing));
      String named = "127.0.0.1:" + refusing.getLocalPort();
      HttpTransport sealed =
          new HttpTransport(
              Duration.ofSeconds(20),
              EnvironmentProxies.of(Map.of("HTTPS_PROXY", named)),
              ALL,
              body -> body);
      HttpFailure failure =
          catchThrowableOfType(HttpFailure.class, () -> sealed.execute(request("https")));
      assertThat(failure.statusCode()).isEqualTo(407);
      assertThat(failure.body()).isEmpty();
      done.join();
    }
  }

  private static void refuseOne(ServerSocket proxy) {
    try (Socket client = proxy.accept()) {
      int read = client.getInputStream().read(new byte[4096]);
      assertThat(read).isPositive();
      String answer =
          String.join(
              "\r\n",
              "HTTP/1.1 407 Proxy Authentication Required",
              "Proxy-Authenticate: Basic realm=lab",
              "Content-Length: 0",
              "",
              "");
      client.getOutputStream().write(answer.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest request() {
    return request("http");
  }

  private static HttpRequest request(String scheme) {
    return HttpRequest.builder()
        .method(HttpMethod.POST)
        .url(scheme + "://llm.example/v1/chat/completions")
        .addHeader("Authorization", "Bearer key")
        .body("{}")
        .build();
  }
}
