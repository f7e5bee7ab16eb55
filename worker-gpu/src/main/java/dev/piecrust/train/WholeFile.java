package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /** Writes a text in the place of what is there. */
  static void write(Path file, String text) {
    Path fresh = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(fresh, text);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw external(file + ": cannot be written (" + e + ")", e);
    }
  }
}
