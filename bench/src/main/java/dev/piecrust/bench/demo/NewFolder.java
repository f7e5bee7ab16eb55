package dev.piecrust.bench.demo;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder that appears whole or not at all: it is filled beside its place and then moved there.
 */
final class NewFolder {
  private final Path target;
  private final Path temporary;

  private NewFolder(Path target, Path temporary) {
    this.target = target;
    this.temporary = temporary;
  }

  /** Refuses a place where something is already. */
  static NewFolder at(Path place) {
    Path target = place.toAbsolutePath().normalize();
    try {
      if (Files.exists(target) && !(Files.isDirectory(target) && isEmpty(target))) {
        throw user("%s is already there, expected a new or an empty folder", place);
      }
      String temporary = ".making-" + UUID.randomUUID();
      return new NewFolder(target, Files.createDirectories(target.resolveSibling(temporary)));
    } catch (IOException e) {
      throw external(place + ": the folder cannot be made (" + e + ")", e);
    }
  }

  /** Where to write. */
  Path temporary() {
    return temporary;
  }

  /** Puts what was written in its place. */
  void publish() throws IOException {
    Files.deleteIfExists(target);
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what was not published. */
  void discard() {
    if (!Files.exists(temporary)) {
      return;
    }
    try (Stream<Path> files = Files.walk(temporary)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw external(temporary + ": the unfinished folder cannot be removed (" + e + ")", e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }
}
