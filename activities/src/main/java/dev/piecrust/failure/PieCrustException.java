package dev.piecrust.failure;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.FormatMethod;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one exception that PieCrust throws on purpose: a category and one clear sentence. */
public final class PieCrustException extends RuntimeException {
  private final FailureCategory category;
  private final transient Optional<Duration> retryAfter;

  /**
   * A failure that nothing else caused.
   *
   * @param category decides whether it is tried again
   * @param message one sentence, shown to users as it is
   */
  public PieCrustException(FailureCategory category, String message) {
    this(category, message, null);
  }

  /** The same with what caused it, where something did. */
  public PieCrustException(FailureCategory category, String message, @Nullable Throwable cause) {
    this(category, message, Optional.empty(), cause);
  }

  private PieCrustException(
      FailureCategory category,
      String message,
      Optional<Duration> retryAfter,
      @Nullable Throwable cause) {
    super(message, cause);
    this.category = requireNonNull(category, "category");
    this.retryAfter = retryAfter;
  }

  /** A mistake in the user's input: what, where, and what was expected. */
  @FormatMethod
  public static PieCrustException user(String format, Object... arguments) {
    return new PieCrustException(FailureCategory.USER, format.formatted(arguments));
  }

  /** Something outside the program failed. */
  public static PieCrustException external(String message, Throwable cause) {
    return new PieCrustException(FailureCategory.EXTERNAL, message, cause);
  }

  /** Something outside the program failed, and is better not tried again before this long. */
  public static PieCrustException external(String message, Duration retryAfter) {
    return new PieCrustException(FailureCategory.EXTERNAL, message, Optional.of(retryAfter), null);
  }

  /** Memory or disk did not suffice. */
  @FormatMethod
  public static PieCrustException resources(String format, Object... arguments) {
    return new PieCrustException(FailureCategory.RESOURCES, format.formatted(arguments));
  }

  /** A NaN or an infinity where a number was due. */
  @FormatMethod
  public static PieCrustException numeric(String format, Object... arguments) {
    return new PieCrustException(FailureCategory.NUMERIC, format.formatted(arguments));
  }

  /** Who can mend it, and so whether it is tried again. */
  public FailureCategory category() {
    return category;
  }

  /** When to try again, where that is known better than by the usual back-off. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
