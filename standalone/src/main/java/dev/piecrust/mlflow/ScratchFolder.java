package dev.piecrust.mlflow;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for files that go on to somewhere else; closing it deletes them.
 *
 * @param folder readable by its owner alone
 */
public record ScratchFolder(Path folder) implements AutoCloseable {
  /** A new one, in the system's folder for such. */
  public static ScratchFolder open() {
    try {
      return new ScratchFolder(Files.createTempDirectory("piecrust"));
    } catch (IOException e) {
      throw PieCrustException.external("no temporary folder can be made: " + e, e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw PieCrustException.external("%s cannot be deleted".formatted(folder), e);
    }
  }
}
