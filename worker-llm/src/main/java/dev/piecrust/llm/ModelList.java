package dev.piecrust.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.http.EnvironmentProxies;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The models that an endpoint lists, which it does for nothing. */
public final class ModelList {
  /** Somebody waits at a terminal or a page; what takes longer is as good as away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int NOT_IMPLEMENTED = 501;
  private static final int DAY_LENGTH = "2027-01-31".length();

  /** How endpoints call the day from which a model is gone. */
  private static final List<String> SHUTDOWN = List.of("shutdown_date", "expiration_date");

  private final LlmSpec llm;
  private final ApiKey key;
  private final HttpTransport wire;

  private ModelList(LlmSpec llm, ApiKey key, HttpTransport wire) {
    this.llm = llm;
    this.key = key;
    this.wire = wire;
  }

  /**
   * That of a spec's endpoint.
   *
   * @param environment looks up a variable
   * @throws dev.piecrust.failure.PieCrustException USER where the variable that should hold its key
   *     does not, or must not
   */
  public static ModelList of(
      LlmSpec llm, Function<String, Optional<String>> environment, LlmAccess access) {
    return new ModelList(
        llm,
        ApiKey.of(llm, environment, access),
        new HttpTransport(
            PATIENCE, EnvironmentProxies.ofThisProcess(), access, UnaryOperator.identity()));
  }

  /**
   * The names, each with the day from which it is gone, where that is said; empty where the
   * endpoint has no list.
   *
   * @throws LlmException where it does not answer, or wants another key
   */
  public Optional<Map<String, Optional<LocalDate>>> ask() {
    try {
      return Optional.of(read(wire.execute(request()).body()));
    } catch (RuntimeException e) {
      LlmException trouble = new ErrorMapper(llm.provider(), url(), key, Clock.systemUTC()).of(e);
      if (ErrorMapper.status(e).orElse(0) == NOT_IMPLEMENTED
          || trouble.kind() == LlmException.Kind.UNKNOWN
          || trouble.kind() == LlmException.Kind.REFUSED
          || trouble.kind() == LlmException.Kind.GARBLED) {
        return Optional.empty();
      }
      throw trouble;
    }
  }

  private String url() {
    return llm.address().replaceAll("/+$", "") + "/models";
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.builder()
            .method(HttpMethod.GET)
            .url(url())
            .addHeader("Accept", "application/json")
            .body("");
    boolean anthropic = llm.provider() == LlmProviderKind.ANTHROPIC;
    if (anthropic) {
      request.addHeader("anthropic-version", "2023-06-01");
    }
    key.secret()
        .ifPresent(
            secret -> {
              if (anthropic) {
                request.addHeader("x-api-key", secret);
              } else {
                request.addHeader("Authorization", "Bearer " + secret);
              }
            });
    return request.build();
  }

  private static Map<String, Optional<LocalDate>> read(String body) {
    JsonNode rows;
    try {
      rows = Json.mapper().readTree(body).path("data");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer is no JSON");
    }
    if (!rows.isArray()) {
      throw new IllegalStateException("the answer is no list");
    }
    Map<String, Optional<LocalDate>> models = new LinkedHashMap<>();
    rows.forEach(row -> models.put(row.path("id").asText(), shutdown(row)));
    return models;
  }

  private static Optional<LocalDate> shutdown(JsonNode row) {
    return SHUTDOWN.stream().map(row::path).flatMap(node -> day(node).stream()).findFirst();
  }

  /** A day, or a time that begins with one. */
  private static Optional<LocalDate> day(JsonNode said) {
    String text = said.asText("");
    try {
      return text.length() < DAY_LENGTH
          ? Optional.empty()
          : Optional.of(LocalDate.parse(text.substring(0, DAY_LENGTH)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
