package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.regex.Pattern;

/**
 * A file of a repository at a commit. What the hub lists and is no such file is a user error.
 *
 * @param path in the repository, with {@code /}; it never leads out of it
 * @param size in bytes, 0 or more
 * @param etag what names its content: the SHA-256 of a large file, the SHA-1 of git's blob of a
 *     small one
 */
public record HubFile(String path, long size, String etag) {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SHA_1 = Pattern.compile("[0-9a-f]{40}");

  /** Folders are made of it, so it must not lead out of them. */
  private static final Pattern PATH =
      Pattern.compile("(?!.*(^|/)\\.{1,2}(/|$))[^/\\\\\0]+(/[^/\\\\\0]+)*");

  public HubFile {
    boolean named = SHA_256.matcher(etag).matches() || SHA_1.matcher(etag).matches();
    if (!PATH.matcher(path).matches() || size < 0 || !named) {
      throw user(
          "the hub lists '%s' of %d bytes with checksum '%s', expected a file of the repository",
          path, size, etag);
    }
  }

  /** Whether it is large, and its content is named by the SHA-256. */
  boolean large() {
    return SHA_256.matcher(etag).matches();
  }
}
