package dev.piecrust.fuzz;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether a reader took a hostile file as it should. */
final class Verdict {
  /** Some thousand times what a reader needs, for a machine that is busy. */
  private static final long SECONDS = 120;

  private Verdict() {}

  /**
   * Empty where the reader took the file or refused it in clear sentences that name it and say what
   * was expected.
   *
   * @param file how sentences call the file
   */
  static Optional<String> of(Runnable reader, String file) {
    FutureTask<Void> task = new FutureTask<>(reader, null);
    Thread thread = new Thread(task, "reads a hostile file");
    thread.setDaemon(true);
    thread.start();
    try {
      task.get(SECONDS, TimeUnit.SECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of("hangs");
    } catch (ExecutionException e) {
      return complaint(e.getCause() == null ? e : e.getCause(), file);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Optional<String> complaint(Throwable thrown, String file) {
    if (!(thrown instanceof PieCrustException refusal)) {
      return Optional.of("throws " + thrown + " at " + thrown.getStackTrace()[0]);
    }
    String sentence = String.valueOf(refusal.getMessage());
    if (refusal.category() != FailureCategory.USER) {
      return Optional.of("is " + refusal.category() + ": " + sentence);
    }
    return Sentences.unclear(sentence, file).map(line -> "is unclear: " + line);
  }
}
