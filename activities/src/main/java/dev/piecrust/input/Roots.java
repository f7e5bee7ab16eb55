package dev.piecrust.input;

import static dev.piecrust.failure.PieCrustException.user;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folders within which specs may name models, transcoders, corpora, descriptions and task
 * files, as {@value #VARIABLE} lists them. What counts is where a path leads in the end, past
 * {@code ..} and links.
 *
 * @param folders absolute; empty for no limit
 * @param cache of the hub, where files may lie that links in the folders lead to
 */
public record Roots(List<Path> folders, Path cache) {
  /** Absolute folders, separated as on the {@code PATH}; not set means no limit. */
  public static final String VARIABLE = "PIECRUST_ROOTS";

  public Roots {
    folders = folders.stream().map(Roots::destination).toList();
    cache = destination(cache);
  }

  /** Beside the cache that this process's environment names. */
  public Roots(List<Path> folders) {
    this(folders, cache(System.getenv()));
  }

  /** The limit that this process's environment sets. */
  public static Roots ofThisProcess() {
    return of(System.getenv());
  }

  private static Path cache(Map<String, String> environment) {
    return HubCache.folder(environment, Path.of(System.getProperty("user.home")));
  }

  static Roots of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "");
    return new Roots(
        Arrays.stream(value.split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .map(Roots::folder)
            .toList(),
        cache(environment));
  }

  private static Path folder(String entry) {
    try {
      Path folder = Path.of(entry);
      if (folder.isAbsolute()) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw user("%s names '%s', which is no path, expected an absolute folder", VARIABLE, entry);
    }
    throw user("%s names '%s', expected an absolute folder", VARIABLE, entry);
  }

  /** Whether a spec may name this path; asking does not tell whether anything is there. */
  public boolean allow(Path path) {
    return folders.isEmpty() || within(destination(path));
  }

  /** Why a path is not allowed. */
  public String refusal(String path) {
    return "%s is outside of the folders that %s allows, expected a path in one of %s"
        .formatted(
            path,
            VARIABLE,
            folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
  }

  /**
   * Whether a file that is opened by this path and really lies there may be read. A path that goes
   * through one of the folders must end in one, or in the cache of the hub, to whose contents names
   * are links. What goes through none was not named by a spec, which may not.
   *
   * @param real of the same file, past all links
   */
  boolean admit(Path path, Path real) {
    return folders.isEmpty() || within(real) || real.startsWith(cache) || !entered(path);
  }

  private boolean entered(Path path) {
    Path whole = path.toAbsolutePath();
    for (Path there = whole; there != null; there = there.getParent()) {
      if (within(there) || real(there).filter(this::within).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean within(Path path) {
    return folders.stream().anyMatch(path::startsWith);
  }

  /** Where a path leads; as much of it as is there, with the rest as it is written. */
  private static Path destination(Path path) {
    Path whole = path.toAbsolutePath();
    for (Path there = whole; there != null; there = there.getParent()) {
      Optional<Path> real = real(there);
      if (real.isPresent()) {
        return real.get().resolve(there.relativize(whole)).normalize();
      }
    }
    return whole.normalize();
  }

  /** Past all links; empty where nothing is there, or where it cannot be looked at. */
  private static Optional<Path> real(Path path) {
    try {
      return Optional.of(path.toRealPath());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
