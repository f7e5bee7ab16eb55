package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.HubFileRef;
import dev.piecrust.campaign.HubRef;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file of a repository at a commit. What the hub lists and is no such file is a user error.
 *
 * @param path in the folder that it is put into, with {@code /}; it never leads out of it
 * @param size in bytes, 0 or more
 * @param etag what names its content: the SHA-256 of a large file, the SHA-1 of git's blob of a
 *     small one
 * @param elsewhere what it is in another repository, at a commit, where a list names that one
 */
public record HubFile(String path, long size, String etag, Optional<HubFileRef> elsewhere) {
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

  /** A file of the repository that is listed, under its own name. */
  HubFile(String path, long size, String etag) {
    this(path, size, etag, Optional.empty());
  }

  /**
   * The same file where a list in another repository names it.
   *
   * @param below the folder of the list there, with {@code /} at its end; or empty
   * @param pinned its own repository
   */
  HubFile listedAs(HubFileRef named, String below, HubRef pinned) {
    return new HubFile(
        below + named.local(), size, etag, Optional.of(new HubFileRef(pinned, named.path())));
  }

  /** The repository that has it, for one that is needed for {@code wanted}. */
  HubRef repository(HubRef wanted) {
    return elsewhere.map(HubFileRef::ref).orElse(wanted);
  }

  /** Its name in that repository. */
  String remotePath() {
    return elsewhere.map(HubFileRef::path).orElse(path);
  }

  /** The last part of its name. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether it is large, and its content is named by the SHA-256. */
  boolean large() {
    return SHA_256.matcher(etag).matches();
  }
}
