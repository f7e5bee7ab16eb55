package dev.piecrust.hub;

/** Is told, often, how far a download is; may end it by an exception. */
@FunctionalInterface
public interface HubProgress {
  /** For those who do not watch. */
  HubProgress UNWATCHED = (file, done, total) -> {};

  /**
   * @param file that is on its way
   * @param done bytes of the whole download that have arrived, earlier attempts included
   * @param total bytes of the whole download
   */
  void at(String file, long done, long total);
}
