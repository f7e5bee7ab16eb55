package dev.piecrust.api.remote;

import static dev.piecrust.failure.PieCrustException.user;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.piecrust.api.Problem;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** A running PieCrust, its address and its token. */
public final class RemoteServer {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private static final HttpResponse.BodyHandler<byte[]> BYTES =
      HttpResponse.BodyHandlers.ofByteArray();

  /** Long, because large exports take their time. */
  private static final Duration ANSWER = Duration.ofMinutes(5);

  private static final int INTERNAL_ERROR = 500;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI address;
  private final String token;

  /**
   * @param address such as {@code http://127.0.0.1:8080}
   */
  public RemoteServer(URI address, String token) {
    this.address = URI.create(address.toString().replaceFirst("/*$", "/"));
    this.token = token;
  }

  /** The body of what is at a path; empty where there is nothing. */
  Optional<byte[]> get(String path) {
    HttpResponse<byte[]> response = send(request(path).GET(), BYTES);
    if (response.statusCode() == 404) {
      return Optional.empty();
    }
    return Optional.of(successful(response));
  }

  /** What is at a path, however long it is; empty where there is nothing. */
  Optional<InputStream> open(String path) {
    HttpResponse<InputStream> response =
        send(request(path).GET(), HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() / 100 == 2) {
      return Optional.of(response.body());
    }
    try (InputStream body = response.body()) {
      if (response.statusCode() == 404) {
        return Optional.empty();
      }
      throw refusal(response.statusCode(), body.readAllBytes());
    } catch (IOException e) {
      throw silent(e);
    }
  }

  /** Sends a value as JSON and returns the answer's body. */
  byte[] post(String path, Object value) {
    return successful(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(value))),
            BYTES));
  }

  /** Has what is at a path deleted. */
  void delete(String path) {
    byte[] unused = successful(send(request(path).DELETE(), BYTES));
  }

  /** A part of a path. */
  static String encoded(String part) {
    return URLEncoder.encode(part, UTF_8).replace("+", "%20");
  }

  /** What an answer says. */
  static <T> T read(byte[] json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(new String(json, UTF_8), type);
    } catch (JsonProcessingException e) {
      throw new PieCrustException(
          FailureCategory.INTERNAL,
          "the server's answer cannot be read, expected a server of this program's version",
          e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(address.resolve(path))
        .timeout(ANSWER)
        .header("Authorization", "Bearer " + token);
  }

  private <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return client.send(request.build(), handler);
    } catch (IOException e) {
      throw silent(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("interrupted while the server was asked", e);
    }
  }

  private byte[] successful(HttpResponse<byte[]> response) {
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    throw refusal(response.statusCode(), response.body());
  }

  private PieCrustException refusal(int status, byte[] body) {
    return problem(new String(body, UTF_8)).orElseGet(() -> strange(status));
  }

  /** What is there is no PieCrust, unless it is a proxy before one that is away. */
  private PieCrustException strange(int status) {
    return status >= INTERNAL_ERROR
        ? new PieCrustException(
            FailureCategory.EXTERNAL,
            "the server at %s answered with status %d".formatted(address, status))
        : user(
            "the server at %s answered with status %d, expected a PieCrust there", address, status);
  }

  /** Time mends a server that is away, and neither its name nor its certificate. */
  private PieCrustException silent(IOException e) {
    if (e instanceof SSLException) {
      return user(
          "the server at %s is not trusted (%s), expected a certificate that this machine trusts",
          address, String.valueOf(e.getMessage()));
    }
    if (e.getCause() instanceof UnresolvedAddressException
        || (e.getCause() != null
            && e.getCause().getCause() instanceof UnresolvedAddressException)) {
      return user("there is no machine called %s, expected a server's name", address.getHost());
    }
    return PieCrustException.external(
        "the server at %s does not answer: %s".formatted(address, e), e);
  }

  private static Optional<PieCrustException> problem(String body) {
    try {
      Problem problem = Json.mapper().readValue(body, Problem.class);
      return Arrays.stream(FailureCategory.values())
          .filter(category -> category.name().equals(problem.category()))
          .findFirst()
          .map(category -> new PieCrustException(category, problem.detail()));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
