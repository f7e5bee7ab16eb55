package dev.piecrust.failure;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;

/** The one exception that PieCrust throws on purpose: a category and one clear sentence. */
public final class PieCrustException extends RuntimeException {
  private final FailureCategory category;

  public PieCrustException(FailureCategory category, String message) {
    this(category, message, null);
  }

  public PieCrustException(FailureCategory category, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.category = requireNonNull(category, "category");
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

  public FailureCategory category() {
    return category;
  }
}
