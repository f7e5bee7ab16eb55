package dev.piecrust.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.langchain4j.exception.ContentFilteredException;
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
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what a failed call means, in one sentence without secrets. */
final class ErrorMapper {
  private static final int PROXY_UNAUTHORIZED = 407;

  /** A key of which a provider shows parts, to say which one it means. */
  private static final Pattern MASKED_KEY = Pattern.compile("\\S*\\*{2,}\\S*");

  /** How APIs say in fields that the model is what is wrong. */
  private static final Pattern OF_THE_MODEL =
      Pattern.compile("\"(param|code|type)\"\\s*:\\s*\"(model|(invalid_)?model_?(not_found)?)\"");

  /** How they say so in words. */
  private static final Pattern NO_SUCH_MODEL =
      Pattern.compile(
          "(?i)model[^.]{0,120}(not found|(not|n't) exist|not a valid)"
              + "|(unknown|no such|invalid) model");

  private final String provider;
  private final String url;
  private final ApiKey key;
  private final Clock clock;

  /**
   * @param url where requests go
   */
  ErrorMapper(LlmProviderKind provider, String url, ApiKey key, Clock clock) {
    this.provider = provider.label();
    this.url = ErrorBody.address(url);
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
      return trouble(Kind.UNREACHABLE, "has an address that is not known", null);
    }
    if (io == null || io instanceof JsonProcessingException) {
      return trouble(Kind.GARBLED, "answered with something that is no answer of its API", null);
    }
    if (io instanceof ConnectException
        || io instanceof UnknownHostException
        || io instanceof HttpConnectTimeoutException) {
      return trouble(Kind.UNREACHABLE, "cannot be reached", io);
    }
    return io instanceof HttpTimeoutException
        ? trouble(Kind.LOST, "gave no answer in time: " + io.getMessage(), io)
        : trouble(Kind.LOST, "cut the connection before its answer was there", io);
  }

  /** The status with which the endpoint failed, if it answered with one at all. */
  static OptionalInt status(RuntimeException e) {
    HttpFailure failure = cause(e, HttpFailure.class);
    return failure == null ? OptionalInt.empty() : OptionalInt.of(failure.statusCode());
  }

  /** The endpoint's own words; the key is hidden before they are cut, so that no part is left. */
  private String words(HttpFailure failure) {
    String said = ErrorBody.words(key.hiddenIn(failure.body()));
    String words = MASKED_KEY.matcher(key.hiddenIn(said)).replaceAll("…");
    return words.isEmpty() ? "" : ": " + words;
  }

  private LlmException ofStatus(HttpFailure failure) {
    int status = failure.statusCode();
    Optional<Duration> retryAfter = RetryAfter.of(failure.headers(), clock);
    Kind kind = kind(failure);
    String what =
        status == PROXY_UNAUTHORIZED
            ? "is behind a proxy that wants another name or password"
            : switch (kind) {
              case RATE_LIMITED -> "asks for fewer requests or tokens";
              case UNAUTHORIZED ->
                  status == 429
                      ? "says that the account's quota is used up"
                      : "does not accept the key or the account";
              case UNKNOWN -> "knows no such model or address";
              case REFUSED -> "refuses the request";
              case GARBLED -> "answered with something that is no answer of its API";
              default -> "cannot answer now";
            };
    String message =
        "%s at %s %s (%d)%s".formatted(provider, failure.url(), what, status, words(failure));
    return new LlmException(kind, message, retryAfter, null);
  }

  /** Whether a refusal is about the model that was asked for, and so of every request to it. */
  private static boolean namesTheModel(String body) {
    return OF_THE_MODEL.matcher(body).find() || NO_SUCH_MODEL.matcher(body).find();
  }

  private static Kind kind(HttpFailure failure) {
    int status = failure.statusCode();
    return switch (status) {
      // A used-up quota looks like a limit of rates, but waiting does not help.
      case 429 ->
          failure.body().contains("insufficient_quota") ? Kind.UNAUTHORIZED : Kind.RATE_LIMITED;
      case 401, 402, 403, PROXY_UNAUTHORIZED -> Kind.UNAUTHORIZED;
      case 404, 405, 410 -> Kind.UNKNOWN;
      case 400, 422 -> namesTheModel(failure.body()) ? Kind.UNKNOWN : Kind.REFUSED;
      case 408, 409, 425 -> Kind.UNAVAILABLE;
      default ->
          switch (status / 100) {
            case 2 -> Kind.GARBLED;
            case 4 -> Kind.REFUSED;
            default -> Kind.UNAVAILABLE;
          };
    };
  }

  private LlmException trouble(Kind kind, String what, @Nullable Throwable cause) {
    String message = "%s at %s %s".formatted(provider, url, what);
    return new LlmException(kind, message, Optional.empty(), cause);
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
