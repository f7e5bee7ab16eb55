package dev.piecrust.bench.command;

import static dev.piecrust.failure.PieCrustException.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is there for as long as something is measured. */
final class TemporaryFolder {
  private TemporaryFolder() {}

  /** What is done in it. */
  interface Work<T> {
    T in(Path folder) throws IOException;
  }

  /** Does this with it, and deletes it with all that is in it. */
  static <T> T with(Path parent, Work<T> work) {
    try {
      Files.createDirectories(parent);
      Path folder = Files.createTempDirectory(parent, "piecrust-bench");
      try {
        return work.in(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw external("the temporary folder in %s cannot be used".formatted(parent), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }
}
