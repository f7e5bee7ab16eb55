package dev.piecrust.artifact;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.input.Sha256;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A temporary file that holds one artifact on its way to or from a store, gone when it is closed.
 *
 * @param path in the system's folder of temporary files
 */
record ScratchFile(Path path) implements AutoCloseable {
  static final String FOLDER = "the folder of temporary files (java.io.tmpdir)";

  private static final int BUFFER = 1 << 16;

  static ScratchFile create() throws IOException {
    return new ScratchFile(Files.createTempFile("piecrust-", ".artifact"));
  }

  /** Replaces what it holds, and says what that is. */
  ArtifactRef write(ArtifactStore.Content content) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    try (OutputStream out =
        new BufferedOutputStream(
            new DigestOutputStream(Files.newOutputStream(path), sha256), BUFFER)) {
      content.writeTo(out);
    }
    return new ArtifactRef(HexFormat.of().formatHex(sha256.digest()), Files.size(path));
  }

  /** What it holds; the file goes away with the stream. */
  InputStream openAndForget() throws IOException {
    return new FilterInputStream(Files.newInputStream(path)) {
      @Override
      public void close() throws IOException {
        try {
          super.close();
        } finally {
          ScratchFile.this.close();
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
