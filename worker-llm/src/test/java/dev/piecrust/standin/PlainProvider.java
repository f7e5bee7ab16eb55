package dev.piecrust.standin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.LlmException.Kind;
import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.llm.ProviderLimits;
import dev.piecrust.price.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a {@link StandIn} in OpenAI's format and nothing else. */
public final class PlainProvider implements LlmProvider {
  private final HttpClient client = HttpClient.newHttpClient();
  private final LlmSpec llm;

  public PlainProvider(LlmSpec llm) {
    this.llm = llm;
  }

  /** The first request of a process takes seconds; this one is not counted. */
  public void warmUp() {
    HttpRequest http = HttpRequest.newBuilder(URI.create(llm.baseUrl().orElseThrow())).build();
    try {
      client.send(http, HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public LlmReply ask(LlmRequest request) {
    HttpResponse<String> response = send(request);
    switch (response.statusCode()) {
      case 200 -> {
        return read(response.body());
      }
      case 429 ->
          throw new LlmException(
              Kind.RATE_LIMITED,
              "too many requests",
              response
                  .headers()
                  .firstValue("Retry-After")
                  .map(s -> Duration.ofSeconds(Long.parseLong(s))),
              null);
      default ->
          throw new LlmException(
              Kind.UNAVAILABLE, "status " + response.statusCode(), Optional.empty(), null);
    }
  }

  private HttpResponse<String> send(LlmRequest request) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("model", request.model()).put("max_completion_tokens", request.maxOutputTokens());
    request
        .messages()
        .forEach(
            m ->
                body.withArray("messages")
                    .addObject()
                    .put("role", "user")
                    .put("content", m.text()));
    body.putObject("response_format")
        .put("type", "json_schema")
        .putObject("json_schema")
        .put("name", request.schemaName())
        .set("schema", request.schema());
    HttpRequest http =
        HttpRequest.newBuilder(URI.create(llm.baseUrl().orElseThrow() + "/chat/completions"))
            .timeout(Duration.ofSeconds(llm.timeoutSeconds()))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      return client.send(http, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new LlmException(Kind.UNAVAILABLE, "no connection", Optional.empty(), e);
    } catch (IOException e) {
      throw new LlmException(Kind.LOST, "no answer", Optional.empty(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LlmException(Kind.LOST, "interrupted", Optional.empty(), e);
    }
  }

  private static Optional<TokenUsage> possible(long input, long cached, long output) {
    return cached > input || output < 0
        ? Optional.empty()
        : Optional.of(new TokenUsage(input, cached, output, 0));
  }

  private static LlmReply read(String body) {
    try {
      JsonNode reply = Json.mapper().readTree(body);
      JsonNode text = reply.at("/choices/0/message/content");
      if (!text.isTextual()) {
        throw new LlmException(Kind.GARBLED, "no answer of the API", Optional.empty(), null);
      }
      JsonNode usage = reply.path("usage");
      Optional<TokenUsage> used =
          usage.isMissingNode()
              ? Optional.empty()
              : possible(
                  usage.path("prompt_tokens").asLong(),
                  usage.at("/prompt_tokens_details/cached_tokens").asLong(),
                  usage.path("completion_tokens").asLong());
      return new LlmReply(text.asText(), used, false, ProviderLimits.UNSAID);
    } catch (JsonProcessingException e) {
      throw new LlmException(Kind.GARBLED, "no JSON", Optional.empty(), e);
    }
  }
}
