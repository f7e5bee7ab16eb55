package dev.piecrust.artifact;

import java.nio.file.Path;

/**
 * A folder of artifacts.
 *
 * @param folder absolute
 */
public record FolderLocation(Path folder) implements ArtifactLocation {
  @Override
  public ArtifactStore open() {
    return new FolderArtifacts(folder);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
