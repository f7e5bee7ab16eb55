package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.external;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.InputFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** Opens corpus files; {@code .gz} is unpacked. */
final class CorpusFile {
  private static final int BUFFER = 1 << 16;

  private CorpusFile() {}

  /** Opens the file; one that is missing, a folder, or not what its name says is a user error. */
  static InputStream open(Path file) {
    InputFile input = new InputFile(file, "corpus " + file, "a file of texts");
    return new BufferedInputStream(
        file.toString().endsWith(".gz") ? input.unpacked() : input.open(), BUFFER);
  }

  static PieCrustException unreadable(Path file, IOException e) {
    return external("corpus " + file + " cannot be read, the disk or the network failed", e);
  }
}
