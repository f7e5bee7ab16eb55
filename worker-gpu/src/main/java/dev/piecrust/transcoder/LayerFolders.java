package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Folders of which each layer has one, by their names. */
final class LayerFolders {
  private LayerFolders() {}

  /** The folders or files in a folder whose names match, by name. */
  static List<Path> matching(Path folder, Pattern name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Predicate<String> wanted = name.asMatchPredicate();
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> wanted.test(path.getFileName().toString())).sorted().toList();
    } catch (IOException e) {
      throw PieCrustException.external(folder + ": cannot be listed", e);
    }
  }

  /** The only one; a user error where there are none or several, which could not be told apart. */
  static Path only(Path folder, List<Path> found, String expected) {
    if (found.size() != 1) {
      throw user(
          "%s: has %s, expected %s",
          folder,
          found.isEmpty()
              ? "none"
              : found.stream()
                  .limit(3)
                  .map(path -> Quote.of(path.getFileName().toString()))
                  .collect(Collectors.joining(" and ")),
          expected);
    }
    return found.get(0);
  }
}
