package dev.piecrust.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.exception.ContentFilteredException;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.http.RetryAfter;
import dev.piecrust.llm.LlmException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says what a failed call means, in one sentence without secrets. */
final class Troubles {
  private static final int LONGEST_REASON = 300;
  private static final int PROXY_UNAUTHORIZED = 407;

  private final String provider;
  private final ApiKey key;
  private final Clock clock;

  Troubles(LlmProviderKind provider, ApiKey key, Clock clock) {
    this.provider = provider.label();
    this.key = key;
    this.clock = clock;
  }

  LlmException of(RuntimeException e) {
    LlmException told = cause(e, LlmException.class);
    if (told != null) {
      return told;
    }
    HttpFailure status = cause(e, HttpFailure.class);
    if (status != null) {
      return ofStatus(status);
    }
    if (cause(e, ContentFilteredException.class) != null) {
      return trouble(Kind.REFUSED, "declined to answer", null);
    }
    IOException io = cause(e, IOException.class);
    if (cause(e, UnresolvedAddressException.class) != null) {
      return trouble(Kind.UNAVAILABLE, "has an address that is not known", null);
    }
    if (io == null || io instanceof JsonProcessingException) {
      return trouble(Kind.GARBLED, "answered with something that is no answer of its API", null);
    }
    if (io instanceof ConnectException
        || io instanceof UnknownHostException
        || io instanceof HttpConnectTimeoutException) {
      return trouble(Kind.UNAVAILABLE, "cannot be reached", io);
    }
    return io instanceof HttpTimeoutException
        ? trouble(Kind.LOST, "gave no answer in time: " + io.getMessage(), io)
        : trouble(Kind.LOST, "cut the connection before its answer was there", io);
  }

  /** What the endpoint says is wrong with the request. */
  String reason(HttpFailure failure) {
    String said = message(failure.body()).replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    String shown = key.hiddenIn(said); // before it is cut, which may leave half of a key
    return shown.length() > LONGEST_REASON ? shown.substring(0, LONGEST_REASON) + "…" : shown;
  }

  private LlmException ofStatus(HttpFailure failure) {
    int status = failure.statusCode();
    Optional<Duration> retryAfter = RetryAfter.of(failure.headers(), clock);
    Kind kind = kind(status);
    if (status == PROXY_UNAUTHORIZED) {
      return trouble(
          Kind.UNAUTHORIZED, "is behind a proxy that wants another name or password (407)", null);
    }
    // A used-up quota looks like a limit of rates, but waiting does not help.
    if (status == 429 && failure.body().contains("insufficient_quota")) {
      return trouble(Kind.UNAUTHORIZED, "says that the account's quota is used up", null);
    }
    String what =
        switch (kind) {
          case RATE_LIMITED -> "asks for fewer requests or tokens (429)";
          case UNAUTHORIZED -> "does not accept the key or the account (%d)".formatted(status);
          case REFUSED -> "refuses the request (%d): %s".formatted(status, reason(failure));
          default -> "cannot answer now (%d)".formatted(status);
        };
    return new LlmException(kind, provider + " " + what, retryAfter, null);
  }

  private static Kind kind(int status) {
    return switch (status) {
      case 429 -> Kind.RATE_LIMITED;
      case 401, 402, 403 -> Kind.UNAUTHORIZED;
      case 408, 409, 425 -> Kind.UNAVAILABLE;
      default -> status >= 400 && status < 500 ? Kind.REFUSED : Kind.UNAVAILABLE;
    };
  }

  private LlmException trouble(Kind kind, String what, @Nullable Throwable cause) {
    return new LlmException(kind, provider + " " + what, Optional.empty(), cause);
  }

  private static String message(String body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      JsonNode message = json.path("error").path("message");
      return message.isTextual() ? message.asText() : json.path("message").asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
