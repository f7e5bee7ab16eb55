package dev.piecrust.activity;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * A reference to content in an artifact store.
 *
 * @param sha256 SHA-256 of the content, 64 lower-case hexadecimal digits; it is the content's key
 * @param bytes length of the content, 0 or more
 */
public record ArtifactRef(String sha256, long bytes) {
  public ArtifactRef {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw user("artifact '%s': is no SHA-256, expected 64 lower-case hexadecimal digits", sha256);
    }
    if (bytes < 0) {
      throw user("artifact %s: its length is %d, expected 0 or more", sha256, bytes);
    }
  }
}
