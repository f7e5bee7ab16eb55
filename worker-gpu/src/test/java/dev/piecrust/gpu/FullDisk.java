package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.InputStream;

/** A store with room for so many artifacts more. */
final class FullDisk implements ArtifactStore {
  private final ArtifactStore store;
  int left;

  FullDisk(ArtifactStore store, int left) {
    this.store = store;
    this.left = left;
  }

  @Override
  public ArtifactRef put(Content content) {
    if (left-- == 0) {
      throw PieCrustException.external("the disk is full", new IOException("no space left"));
    }
    return store.put(content);
  }

  @Override
  public InputStream open(ArtifactRef ref) {
    return store.open(ref);
  }

  @Override
  public boolean exists(ArtifactRef ref) {
    return store.exists(ref);
  }
}
