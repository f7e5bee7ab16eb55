package dev.piecrust.failure;

import java.io.IOException;
import java.util.Locale;

/** Tells a disk that is full from one that fails. */
public final class DiskFailures {
  private static final String FULL = ": the disk is full; make room there, then ";
  private static final String RETRY = "'./piecrust retry ID' does what failed";

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
    String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    boolean full =
        reason.contains("no space left")
            || reason.contains("quota exceeded")
            || reason.contains("not enough space");
    return full
        ? new PieCrustException(FailureCategory.RESOURCES, what + FULL + then, e)
        : PieCrustException.external(what + ": " + e, e);
  }
}
