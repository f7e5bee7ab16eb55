package dev.piecrust.hub;

import dev.piecrust.campaign.HubRef;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * A repository in the cache, in the layout that the hub's tools share: {@code blobs/ETAG} are the
 * contents, {@code snapshots/COMMIT/FILE} are links to them, {@code refs/REVISION} holds the commit
 * that a branch or tag was last seen at. What never changes and no other tool keeps is in {@code
 * .piecrust}: the listing of a commit, and the headers of weights that are not there yet.
 *
 * @param cache of all repositories
 * @param ref pinned to a commit where snapshots are asked for
 */
record CacheFolder(Path cache, HubRef ref) implements HubFolder {

  private static String name(HubRef ref) {
    return "models--%s--%s".formatted(ref.organisation(), ref.name());
  }

  private Path repository() {
    return cache.resolve(name(ref));
  }

  @Override
  public Path path() {
    return repository().resolve("snapshots").resolve(ref.revision());
  }

  /** With the repository that has it, so that all who list it share it. */
  private Path blob(HubFile file) {
    return cache.resolve(name(file.repository(ref))).resolve("blobs").resolve(file.etag());
  }

  @Override
  public boolean has(HubFile file) {
    // What a list names may be another content once its branch has moved.
    if (file.elsewhere().isEmpty() && holds(path().resolve(file.path()), file)) {
      return true;
    }
    boolean content = holds(blob(file), file);
    if (content) {
      link(file);
    }
    return content;
  }

  private static boolean holds(Path at, HubFile file) {
    try {
      return Files.isRegularFile(at) && Files.size(at) == file.size();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Path partial(HubFile file) {
    return blob(file).resolveSibling(file.etag() + ".incomplete");
  }

  @Override
  public void keep(HubFile file) {
    try {
      Files.move(partial(file), blob(file), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw HubDisk.failure("%s cannot be put into %s".formatted(file.path(), cache), e);
    }
    link(file);
  }

  /** Gives a content that is there the file's name. */
  private void link(HubFile file) {
    Path link = path().resolve(file.path());
    put(
        link,
        fresh -> {
          try {
            Files.createSymbolicLink(fresh, link.resolve("..").normalize().relativize(blob(file)));
          } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.copy(blob(file), fresh);
          }
        });
  }

  @Override
  public Optional<BlobLock> lock(HubFile file) {
    return BlobLock.tryTake(
        cache.resolve(".locks").resolve(name(file.repository(ref))).resolve(file.etag() + ".lock"));
  }

  /** The commit at which the revision was last seen. */
  Optional<String> commit() {
    return text(repository().resolve("refs").resolve(ref.revision())).map(String::strip);
  }

  void seen(String commit) {
    put(
        repository().resolve("refs").resolve(ref.revision()),
        fresh -> Files.writeString(fresh, commit));
  }

  /** What the commit holds, if the hub was ever asked. */
  Optional<HubListing> listing() {
    return text(listingFile()).map(json -> HubListing.parse(ref, json));
  }

  void keepListing(String json) {
    put(listingFile(), fresh -> Files.writeString(fresh, json));
  }

  /** Some bytes of a file, if the hub was asked for so many from there. */
  Optional<byte[]> part(HubFile file, long from, int bytes) {
    Path kept = partFile(file, from);
    try {
      return Files.exists(kept)
          ? Optional.of(Files.readAllBytes(kept))
              .filter(known -> known.length >= Math.min(bytes, file.size() - from))
          : Optional.empty();
    } catch (IOException e) {
      throw HubDisk.failure(kept + " cannot be read", e);
    }
  }

  void keepPart(HubFile file, long from, byte[] bytes) {
    put(partFile(file, from), fresh -> Files.write(fresh, bytes));
  }

  private Path partFile(HubFile file, long from) {
    String place = from == 0 ? ".beginning" : ".from-" + from;
    return own().resolve(file.etag() + place);
  }

  private Path listingFile() {
    return own().resolve(ref.revision() + ".json");
  }

  /** What no other tool knows. */
  private Path own() {
    return repository().resolve(".piecrust");
  }

  private static Optional<String> text(Path file) {
    try {
      return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw HubDisk.failure(file + " cannot be read", e);
    }
  }

  /** Makes something aside, and puts it where it belongs at once. */
  private void put(Path target, Making making) {
    Path fresh = own().resolve(UUID.randomUUID().toString());
    try {
      Files.createDirectories(fresh.getParent());
      Files.createDirectories(target.getParent());
      making.at(fresh);
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw HubDisk.failure(target + " cannot be written", e);
    }
  }

  @FunctionalInterface
  private interface Making {
    void at(Path fresh) throws IOException;
  }
}
