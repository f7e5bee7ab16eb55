package dev.piecrust.example;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens corpus files; {@code .gz} is unpacked. */
final class CorpusFile {
  private static final int BUFFER = 1 << 16;

  private CorpusFile() {}

  /** Opens the file; one that is missing, a folder, or not what its name says is a user error. */
  static InputStream open(Path file) {
    if (Files.isDirectory(file)) {
      throw user("corpus %s is a folder, expected a file of texts", file);
    }
    if (!Files.isRegularFile(file)) {
      throw user("corpus %s does not exist", file);
    }
    try {
      InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      return file.toString().endsWith(".gz")
          ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER)
          : raw;
    } catch (ZipException | EOFException e) {
      throw user("corpus %s is not gzip'd, expected what its name says", file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  static PieCrustException unreadable(Path file, IOException e) {
    return external("corpus " + file + " cannot be read: " + e.getMessage(), e);
  }
}
