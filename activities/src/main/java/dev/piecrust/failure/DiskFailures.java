package dev.piecrust.failure;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Tells a disk that is full from one that fails. */
public final class DiskFailures {
  private static final String FULL = ": the disk is full; make room there, then ";
  private static final String RETRY = "'./piecrust retry ID' does what failed";

  /** As Linux, quotas and Windows say it. */
  private static final List<String> FULL_WORDS =
      List.of("no space left", "quota exceeded", "not enough space");

  private DiskFailures() {}

  /**
   * What failed, and for a full disk what to do.
   *
   * @param what failed, with the folder in which it did
   */
  public static PieCrustException of(String what, IOException e) {
    return of(what, RETRY, e);
  }

  /**
   * What failed, and for a full disk what to do.
   *
   * @param what failed, with the folder in which it did
   * @param then what helps once there is room
   */
  public static PieCrustException of(String what, String then, IOException e) {
    return isFull(e)
        ? new PieCrustException(FailureCategory.RESOURCES, what + FULL + then, e)
        : PieCrustException.external(what + ": " + e, e);
  }

  /** Whether a full disk is behind a failure, as itself or as its cause. */
  public static boolean isFull(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String reason = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (t instanceof IOException && FULL_WORDS.stream().anyMatch(reason::contains)) {
        return true;
      }
    }
    return false;
  }
}
