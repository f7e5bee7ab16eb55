package dev.piecrust.api.access;

import dev.piecrust.input.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** A secret whose bearer may do what a role allows. */
public final class AccessToken {
  private static final String SCHEME = "Bearer ";

  private final String token;
  private final Optional<String> holder;
  private final String role;

  private AccessToken(String token, Optional<String> holder, String role) {
    if (token.isBlank()) {
      throw new IllegalArgumentException("an access token must not be blank");
    }
    this.token = token;
    this.holder = holder;
    this.role = role;
  }

  /** A token of the commands of one user, which say themselves who asks. */
  public static AccessToken ofThisUser(String token) {
    return new AccessToken(token, Optional.empty(), Roles.ADMIN);
  }

  /**
   * A token that is handed out, and lets a browser in as well.
   *
   * @param holder what its bearers are called in events, whatever they say
   * @param role of {@link Roles}
   */
  public static AccessToken of(String token, String holder, String role) {
    return new AccessToken(token, Optional.of(holder), role);
  }

  String role() {
    return role;
  }

  /** Whether a person who gives this text in a browser is let in. */
  boolean isGivenAs(String text) {
    return holder.isPresent() && MessageDigest.isEqual(hash(text), hash(token));
  }

  /**
   * The cookie of a browser that was let in. It does not tell the secret, and until it ends stays
   * good as long as the secret does, through restarts and with each process that knows it.
   */
  public PageCookie cookie() {
    return PageCookie.of(token);
  }

  /** What the bearers are called; empty where they say themselves who asks. */
  Optional<String> holder() {
    return holder;
  }

  /**
   * Whether an {@code Authorization} header carries the token; takes as long for a wrong one as for
   * the right one.
   */
  public boolean admits(Optional<String> authorization) {
    String given =
        authorization
            .filter(header -> header.startsWith(SCHEME))
            .map(header -> header.substring(SCHEME.length()))
            .orElse("");
    return MessageDigest.isEqual(hash(given), hash(token));
  }

  private static byte[] hash(String text) {
    return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "AccessToken";
  }
}
