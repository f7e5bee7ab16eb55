package dev.piecrust.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.Json;
import dev.piecrust.http.EnvironmentProxies;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/**
 * The HTTP client under LangChain4j: one attempt, nothing logged, a limit of time on the whole
 * answer and not only on its beginning, and failures that keep their headers.
 */
final class HttpTransport implements HttpClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final java.net.http.HttpClient client;
  private final Duration timeout;
  private final EnvironmentProxies proxies;
  private final LlmAccess access;
  private final UnaryOperator<String> shape;

  /**
   * @param timeout of a whole answer
   * @param proxies on the way to the provider
   * @param access where requests may go; a redirection is not followed, so that it leads nowhere
   *     else
   * @param shape what becomes of a request's body before it is sent
   */
  HttpTransport(
      Duration timeout, EnvironmentProxies proxies, LlmAccess access, UnaryOperator<String> shape) {
    this.shape = shape;
    this.timeout = timeout;
    this.proxies = proxies;
    this.access = access;
    // HTTP/1.1, because some servers cannot bear an offer of HTTP/2 without encryption.
    this.client =
        java.net.http.HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .proxy(proxies)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpResponse<byte[]> response = send(request);
    String body =
        Optional.ofNullable(response.body()) // there is none where a proxy refuses a tunnel
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    if (response.statusCode() / 100 != 2 || !isAnswer(body)) {
      throw new HttpFailure(response.statusCode(), response.headers(), body, request.url());
    }
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  /** Some servers send an error, or a page for people, with a status of success. */
  private static boolean isAnswer(String body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      return json.isObject() && !json.path("error").isObject() && !json.path("error").isTextual();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedOperationException("answers are not streamed");
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    LlmException.refuse(access, URI.create(request.url()));
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(jdkRequest(request), info -> new BoundedBody());
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UncheckedIOException(
          new HttpTimeoutException("no answer within %d s".formatted(timeout.toSeconds())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    } catch (ExecutionException e) {
      throw new UncheckedIOException(
          e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  private java.net.http.HttpRequest jdkRequest(HttpRequest request) {
    java.net.http.HttpRequest.Builder builder =
        proxies
            .request(URI.create(request.url()))
            .method(request.method().name(), BodyPublishers.ofString(shape.apply(request.body())));
    request.headers().forEach((name, values) -> values.forEach(v -> builder.header(name, v)));
    return builder.build();
  }

  /** Hands this client to LangChain4j, whose own wishes of time are not needed. */
  HttpClientBuilder builder() {
    return new Given();
  }

  private final class Given implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return CONNECT;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration unused) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return timeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration unused) {
      return this;
    }

    @Override
    public HttpClient build() {
      return HttpTransport.this;
    }
  }
}
