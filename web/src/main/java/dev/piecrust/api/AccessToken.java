package dev.piecrust.api;

import dev.piecrust.artifact.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** The secret that every request under {@code /api} must carry. */
public final class AccessToken {
  private static final String SCHEME = "Bearer ";

  private final String token;

  public AccessToken(String token) {
    if (token.isBlank()) {
      throw new IllegalArgumentException("an access token must not be blank");
    }
    this.token = token;
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
