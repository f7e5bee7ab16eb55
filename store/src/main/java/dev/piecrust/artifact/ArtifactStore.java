package dev.piecrust.artifact;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A content-addressed store: the same content is stored once, under its SHA-256. Safe for use by
 * many processes.
 */
public interface ArtifactStore extends AutoCloseable {
  /** Writes an artifact's content to a stream. */
  @FunctionalInterface
  interface Content {
    /** Writes all of it; the stream is the store's to close. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Stores what {@code content} writes, wholly or not at all. */
  ArtifactRef put(Content content);

  /** Stores bytes. */
  default ArtifactRef put(byte[] bytes) {
    return put(out -> out.write(bytes));
  }

  /**
   * Opens an artifact, all of which was compared with its hash. A missing or damaged one is an
   * external failure that names its key.
   */
  InputStream open(ArtifactRef ref);

  /** Whether an artifact of this key and length is there; its content is not looked at. */
  boolean exists(ArtifactRef ref);

  /** Whether an artifact is there, byte for byte; its content is read for that. */
  default boolean intact(ArtifactRef ref) {
    try {
      open(ref).close();
      return true;
    } catch (IOException | PieCrustException e) {
      return false;
    }
  }

  /**
   * Asks whether the store is there and lets this process in; what its user can set right is a user
   * error. A store that needs nobody's leave has nothing to ask.
   */
  default void check() {}

  /** Gives back what the store holds of this process. */
  @Override
  default void close() {}
}
