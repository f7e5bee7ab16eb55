package dev.piecrust.llm;

import dev.piecrust.address.LlmAccess;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call without an answer. Its message is one sentence without secrets. */
public final class LlmException extends RuntimeException {
  /** What happened to the call. */
  public enum Kind {
    /** 429: too many requests or tokens; nothing was charged. */
    RATE_LIMITED,
    /** No connection could be made: nothing was charged. */
    UNREACHABLE,
    /** 5xx, a redirection, or a time that does not suit: nothing was charged. */
    UNAVAILABLE,
    /** No answer, or half of one: it may have been charged. */
    LOST,
    /** An answer that is none of the API's: it may have been charged. */
    GARBLED,
    /** 401 or 403: the key is missing or wrong; or the address must not be asked. */
    UNAUTHORIZED,
    /** 404, or 400 that names the model: nothing of that name is at that address. */
    UNKNOWN,
    /** 400, 413, 422: the request itself; again would give the same. */
    REFUSED
  }

  private final Kind kind;
  private final transient Optional<Duration> retryAfter;

  /**
   * A call that ended without an answer.
   *
   * @param kind decides whether it is made again, and whether it counts as paid
   * @param message one sentence, without the key
   * @param retryAfter what the provider asks for, if it does
   * @param cause what failed beneath, if anything did
   */
  public LlmException(
      Kind kind, String message, Optional<Duration> retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** Throws where this process may not ask this address, wherever its name leads now. */
  public static void refuse(LlmAccess access, URI address) {
    access
        .refusalNow(address)
        .ifPresent(
            why -> {
              String message = "interpret.llm.base_url: " + why;
              throw new LlmException(Kind.UNAUTHORIZED, message, Optional.empty(), null);
            });
  }

  /** Says, too, whether anything may have been charged. */
  public Kind kind() {
    return kind;
  }

  /** When the provider wants to be asked again, if it says. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
