package dev.piecrust.input;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Opens files on a thread of their own, which nobody waits for for ever: to open a pipe that
 * somebody puts in a file's place ends only when another writes to it.
 */
final class OpeningInTime {
  /** A network's file system that looks for its server answers sooner, if it does. */
  private static final long SECONDS = 30;

  /** Opens something. */
  interface Opening<T> {
    T open() throws Exception;
  }

  private OpeningInTime() {}

  /**
   * @param name what errors call the file
   * @param failure the error for what the opening throws
   */
  static <T extends AutoCloseable> T of(
      String name, Opening<T> opening, Function<Exception, PieCrustException> failure) {
    return of(name, opening, failure, SECONDS);
  }

  static <T extends AutoCloseable> T of(
      String name,
      Opening<T> opening,
      Function<Exception, PieCrustException> failure,
      long seconds) {
    CompletableFuture<T> opened = new CompletableFuture<>();
    Thread thread = new Thread(() -> open(opening, opened), "opens a file");
    thread.setDaemon(true);
    thread.start();
    try {
      return opened.orTimeout(seconds, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw new PieCrustException(
            FailureCategory.EXTERNAL,
            "%s: could not be opened within %d s".formatted(name, seconds));
      }
      throw failure.apply((Exception) e.getCause());
    }
  }

  private static <T extends AutoCloseable> void open(
      Opening<T> opening, CompletableFuture<T> opened) {
    try {
      T open = opening.open();
      if (!opened.complete(open)) {
        open.close(); // nobody waits any more
      }
    } catch (Exception e) {
      opened.completeExceptionally(e);
    }
  }
}
