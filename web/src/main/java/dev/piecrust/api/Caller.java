package dev.piecrust.api;

import static dev.piecrust.failure.PieCrustException.user;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Who asks, for the events of campaigns. */
@Singleton
public class Caller {
  /** Attribute of an identity whose requests say who asks: the commands of the same user. */
  static final String SAYS_WHO = "piecrust.says-who";

  private final SecurityIdentity identity;

  public Caller(SecurityIdentity identity) {
    this.identity = identity;
  }

  /**
   * The name under which the caller is known here.
   *
   * @param said by the request; believed where the caller is the user of this machine alone
   */
  String name(@Nullable String said) {
    if (!Boolean.TRUE.equals(identity.getAttribute(SAYS_WHO))) {
      return identity.getPrincipal().getName();
    }
    if (said == null || said.isBlank()) {
      throw user("the request does not say who asks, expected {\"who\": NAME}");
    }
    return said;
  }
}
