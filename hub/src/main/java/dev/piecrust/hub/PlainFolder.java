package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A folder of the user's with the files of one commit and no links. What is there already must be
 * of that commit; what the cache has is copied from there.
 *
 * @param path of the folder
 */
record PlainFolder(Path path, CacheFolder cached) implements HubFolder {

  @Override
  public boolean has(HubFile file) {
    Path there = target(file);
    try {
      if (Files.notExists(there)) {
        return cached.has(file) && copy(file);
      }
      if (Checksum.matches(file, there)) {
        return true;
      }
    } catch (IOException e) {
      throw HubDisk.failure(there + " cannot be read", e);
    }
    throw user(
        "%s is there with another content than that of this revision, expected an empty folder",
        there);
  }

  private boolean copy(HubFile file) throws IOException {
    Files.createDirectories(own());
    Files.copy(
        cached.path().resolve(file.path()), partial(file), StandardCopyOption.REPLACE_EXISTING);
    keep(file);
    return true;
  }

  @Override
  public Path partial(HubFile file) {
    return own().resolve(file.etag() + ".incomplete");
  }

  @Override
  public void keep(HubFile file) {
    try {
      Files.createDirectories(target(file).getParent());
      Files.move(partial(file), target(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw HubDisk.failure("%s cannot be put into %s".formatted(file.path(), path), e);
    }
  }

  @Override
  public Optional<BlobLock> lock(HubFile file) {
    return BlobLock.tryTake(own().resolve("lock"));
  }

  /** Leaves nothing there but the files. */
  @Override
  public void finish() {
    if (Files.exists(own())) {
      HubDisk.delete(own());
    }
  }

  private Path target(HubFile file) {
    return path.resolve(file.path());
  }

  private Path own() {
    return path.resolve(".piecrust");
  }
}
