package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/** An artifact as a file, for readers that map files. */
final class LocalCopy {
  private LocalCopy() {}

  /** Copies the artifact to a temporary file, reads it, and deletes the file. */
  static <T> T of(ArtifactStore artifacts, ArtifactRef ref, Function<Path, T> reader) {
    try {
      Path file = Files.createTempFile("piecrust-", ".artifact");
      try (InputStream in = artifacts.open(ref)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        return reader.apply(file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw PieCrustException.external("artifact " + ref.sha256() + " cannot be copied", e);
    }
  }
}
