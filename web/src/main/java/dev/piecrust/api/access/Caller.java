package dev.piecrust.api.access;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.text.CleanText;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Who asks, for the events of campaigns. */
@Singleton
public class Caller {
  /** Attribute of an identity whose requests say who asks: the commands of the same user. */
  static final String SAYS_WHO = "piecrust.says-who";

  /** Longer than people's names are, and short enough for a line of events. */
  private static final int LONGEST_NAME = 100;

  private final SecurityIdentity identity;

  public Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /**
   * The name under which the caller is known here.
   *
   * @param said by the request; believed where the caller is the user of this machine alone
   */
  public String name(@Nullable String said) {
    if (!Boolean.TRUE.equals(identity.getAttribute(SAYS_WHO))) {
      return CleanText.line(identity.getPrincipal().getName(), LONGEST_NAME);
    }
    if (said == null || said.isBlank()) {
      throw user("the body does not say who asks, expected {\"who\": NAME}");
    }
    if (!said.equals(CleanText.line(said, LONGEST_NAME))) {
      throw user(
          "who is '%s', expected a name of up to %d characters on one line, none of them hidden",
          CleanText.line(said, LONGEST_NAME), LONGEST_NAME);
    }
    return said;
  }
}
