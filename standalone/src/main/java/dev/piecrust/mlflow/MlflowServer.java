package dev.piecrust.mlflow;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.text.CleanText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A tracking server. Each refusal of it is one sentence. */
final class MlflowServer {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofMinutes(2);
  private static final int MESSAGE = 300;
  private static final String API = "/api/2.0/";

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final MlflowAddress address;

  MlflowServer(MlflowAddress address) {
    this.address = address;
  }

  /** What is at a path of the API; empty where there is nothing. */
  Optional<JsonNode> get(String path) {
    HttpResponse<String> answer = send(request(path).GET());
    return answer.statusCode() == 404 && isMlflows(answer)
        ? Optional.empty()
        : Optional.of(json(answer));
  }

  /** What the API answers to a body. */
  JsonNode post(String path, JsonNode body) {
    return json(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))));
  }

  /** Puts a file where an artifact is to be. */
  void put(String path, Path file) {
    try {
      json(send(request(path).PUT(HttpRequest.BodyPublishers.ofFile(file))));
    } catch (FileNotFoundException e) {
      throw PieCrustException.external("%s cannot be read".formatted(file), e);
    }
  }

  /** A part of a path or of a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address.uri() + API + path)).timeout(ANSWER);
    address.authorization().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw PieCrustException.external(
          "the MLflow server at %s does not answer: %s".formatted(address.uri(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("interrupted while MLflow was asked", e);
    }
  }

  private JsonNode json(HttpResponse<String> answer) {
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      throw user(
          "the MLflow server at %s lets nobody in without a valid login (status %d), expected"
              + " MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD",
          address.uri(), status);
    }
    if (status / 100 == 2) {
      return parsed(answer.body()).orElseThrow(() -> stranger(status));
    }
    throw parsed(answer.body())
        .map(body -> body.path("message").asText(""))
        .filter(message -> !message.isEmpty())
        .map(
            message ->
                new PieCrustException(
                    FailureCategory.EXTERNAL,
                    "the MLflow server at %s refused (status %d): %s"
                        .formatted(address.uri(), status, CleanText.line(message, MESSAGE))))
        .orElseGet(() -> stranger(status));
  }

  /** Whether it was the API that said so, and not another server that knows no such address. */
  private static boolean isMlflows(HttpResponse<String> answer) {
    return parsed(answer.body()).map(body -> body.hasNonNull("error_code")).orElse(false);
  }

  private static Optional<JsonNode> parsed(String body) {
    try {
      return Optional.of(Json.mapper().readTree(body.isEmpty() ? "{}" : body))
          .filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private PieCrustException stranger(int status) {
    return user(
        "%s answered with status %d and not as MLflow does, expected the address of an MLflow"
            + " tracking server",
        address.uri(), status);
  }
}
