package dev.piecrust.fuzz;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Whether a reader took a hostile file as it should. */
final class Verdict {
  /** Some thousand times what a reader needs, for a machine that is busy. */
  private static final long SECONDS = 120;

  private static final int LONGEST = 2_000;

  private static final Pattern WORDS_OF_OTHERS =
      Pattern.compile(
          "Exception|\\bjava\\.|\\bcom\\.|\\borg\\.|\\[Source|StackOverflow|OutOfMemory|Jackson|snakeyaml|JsonToken|Unexpected|Unrecognized|deserialize|START_OBJECT|reference"
              + " chain");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n]]");

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
    for (String line : sentence.lines().toList()) {
      if (!line.contains(file)
          || !line.contains("expected")
          || line.length() > LONGEST
          || WORDS_OF_OTHERS.matcher(line).find()
          || CONTROL.matcher(line).find()) {
        return Optional.of("is unclear: " + line);
      }
    }
    return Optional.empty();
  }
}
