package dev.piecrust.api;

/** Pages that say no, in HTML. */
public interface ErrorPages {
  /** A page for a status of HTTP with the sentence that explains it. */
  String of(int status, String sentence);

  /** The same where nobody has been asked who it is. */
  String outside(int status, String sentence);

  /**
   * A page that asks who is there.
   *
   * @param wrong why the last answer was not enough; empty at first
   */
  String signIn(String wrong);

  /** Whether someone asks for a page, by path and {@code Accept} header. */
  static boolean wanted(String path, String accept) {
    return !path.startsWith("/api/") && accept.contains("text/html");
  }
}
