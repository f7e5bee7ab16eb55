package dev.piecrust.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.http.RetryAfter;
import dev.piecrust.llm.ErrorBody;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.LlmException.Kind;
import dev.piecrust.llm.Redaction;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests to one provider, with its headers, and what their failures mean. */
final class Http {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EnvironmentProxies proxies;
  private final LlmAccess access;
  private final HttpClient client;
  private final String baseUrl;
  private final Map<String, String> headers;

  /**
   * @param headers that every request has, the key among them
   * @param proxies on the way to the provider
   * @param access where requests may go
   */
  Http(LlmSpec llm, Map<String, String> headers, EnvironmentProxies proxies, LlmAccess access) {
    this.proxies = proxies;
    this.access = access;
    this.client =
        HttpClient.newBuilder()
            .proxy(proxies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    this.baseUrl = llm.address().replaceFirst("/+$", "");
    this.headers = Map.copyOf(headers);
  }

  JsonNode get(String path) {
    return json(text(path));
  }

  String text(String path) {
    return send(to(path).GET());
  }

  /** The lines of a file of JSON lines. */
  List<JsonNode> lines(String path) {
    List<JsonNode> lines = new ArrayList<>();
    text(path).lines().filter(line -> !line.isBlank()).forEach(line -> lines.add(json(line)));
    return lines;
  }

  JsonNode post(String path, JsonNode body) {
    return post(path, "application/json", body.toString());
  }

  JsonNode post(String path, String type, String body) {
    return json(
        send(
            to(path)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))));
  }

  /** An address of the provider's as a path below the base. */
  String path(String address) {
    return address.startsWith(baseUrl) ? address.substring(baseUrl.length()) : address;
  }

  private HttpRequest.Builder to(String path) {
    HttpRequest.Builder request = proxies.request(URI.create(baseUrl + path)).timeout(PATIENCE);
    headers.forEach(request::header);
    return request;
  }

  private String send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    LlmException.refuse(access, request.uri());
    try {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw refusal(response);
      }
      return response.body();
    } catch (IOException e) {
      Kind kind = e instanceof ConnectException ? Kind.UNREACHABLE : Kind.UNAVAILABLE;
      throw new LlmException(
          kind,
          "the provider's batches at %s do not answer".formatted(ErrorBody.address(baseUrl)),
          Optional.empty(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LlmException(Kind.UNAVAILABLE, "the worker stops", Optional.empty(), e);
    }
  }

  private LlmException refusal(HttpResponse<String> response) {
    Kind kind =
        switch (response.statusCode()) {
          case 401, 403, 407 -> Kind.UNAUTHORIZED;
          case 429 -> Kind.RATE_LIMITED;
          case 404, 405, 410 -> Kind.UNKNOWN;
          case 400, 413, 422 -> Kind.REFUSED;
          default -> Kind.UNAVAILABLE;
        };
    Optional<Duration> after = RetryAfter.of(response.headers(), Clock.systemUTC());
    String url = ErrorBody.address(String.valueOf(response.uri()));
    String words = ErrorBody.words(keyless(response.body()));
    String message =
        "the provider's batches at %s answered with status %d"
            .formatted(url, response.statusCode());
    return new LlmException(kind, words.isEmpty() ? message : message + ": " + words, after, null);
  }

  /** Before anything is cut off: half a key would not be known as one. */
  private String keyless(String text) {
    String keyless = text;
    for (String header : headers.values()) {
      keyless = Redaction.of(header.replaceFirst("^Bearer ", "")).hide(keyless);
    }
    return keyless;
  }

  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new LlmException(
          Kind.UNAVAILABLE, "the provider's batches did not answer in JSON", Optional.empty(), e);
    }
  }
}
