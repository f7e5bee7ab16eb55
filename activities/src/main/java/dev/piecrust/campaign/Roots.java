package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
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
 */
public record Roots(List<Path> folders) {
  /** Absolute folders, separated as on the {@code PATH}; not set means no limit. */
  public static final String VARIABLE = "PIECRUST_ROOTS";

  public Roots {
    folders = folders.stream().map(Roots::destination).toList();
  }

  /** The limit that this process's environment sets. */
  public static Roots ofThisProcess() {
    return of(System.getenv());
  }

  static Roots of(Map<String, String> environment) {
    String value = environment.getOrDefault(VARIABLE, "");
    return new Roots(
        Arrays.stream(value.split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .map(Roots::folder)
            .toList());
  }

  private static Path folder(String entry) {
    try {
      Path folder = Path.of(entry);
      if (folder.isAbsolute()) {
        return folder;
      }
    } catch (InvalidPathException e) {
      throw user("%s names '%s', which is no path", VARIABLE, entry);
    }
    throw user("%s names '%s', expected an absolute folder", VARIABLE, entry);
  }

  /** Whether a spec may name this path; asking does not tell whether anything is there. */
  public boolean allow(Path path) {
    Path destination = destination(path);
    return folders.isEmpty() || folders.stream().anyMatch(destination::startsWith);
  }

  /**
   * The spec itself, where all that it names is allowed; otherwise a user error names what not. A
   * repository of the hub is no path: what is downloaded lies in the hub's cache, which nobody
   * names.
   */
  public CampaignSpec allowed(CampaignSpec spec) {
    for (Map.Entry<String, String> named : paths(spec)) {
      if (!HubRef.is(named.getValue()) && !allow(Path.of(named.getValue()))) {
        throw user("%s: %s", named.getKey(), refusal(named.getValue()));
      }
    }
    return spec;
  }

  /** Why a path is not allowed. */
  String refusal(String path) {
    return "%s is outside of the folders that %s allows: %s"
        .formatted(
            path,
            VARIABLE,
            folders.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
  }

  private static List<Map.Entry<String, String>> paths(CampaignSpec spec) {
    List<Map.Entry<String, String>> paths = new ArrayList<>();
    paths.add(Map.entry("subject.model", spec.subject().model()));
    paths.add(Map.entry("subject.transcoder", spec.subject().transcoder()));
    for (TaskSpec task : spec.tasks()) {
      task.path().ifPresent(path -> paths.add(Map.entry("tasks " + task.name(), path)));
    }
    Optional<CorpusSpec> corpus = spec.interpret().map(InterpretSpec::corpus);
    corpus
        .flatMap(c -> c.path().or(c::published))
        .ifPresent(path -> paths.add(Map.entry("interpret.corpus", path)));
    spec.interpret()
        .flatMap(InterpretSpec::descriptions)
        .ifPresent(known -> paths.add(Map.entry("interpret.descriptions", known.path())));
    return paths;
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
