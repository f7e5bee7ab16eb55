package dev.piecrust.exchange;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.input.InputFile;
import dev.piecrust.input.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of an export of Neuronpedia: a source, such as {@code v1/gemma-2-2b/3-clt-hp}, or a
 * model with the sources of one set, one a layer. Records are in {@code
 * explanations/batch-N.jsonl.gz} and {@code activations/batch-N.jsonl.gz}.
 *
 * @param batches the files of records of one kind, in order
 * @param licence the line that says on what terms they are published, where there is one
 */
public record NeuronpediaExport(List<Path> batches, Optional<String> licence) {
  /** The records that describe features. */
  public static final String EXPLANATIONS = "explanations";

  /** The records of windows in which features are active. */
  public static final String ACTIVATIONS = "activations";

  private static final String EXPECTED =
      "the folder of a Neuronpedia export, which holds %s/batch-0.jsonl.gz";

  private static final Pattern BATCH = Pattern.compile("batch-(\\d{1,9})\\.jsonl(\\.gz)?");
  private static final Pattern SOURCE = Pattern.compile("(\\d{1,9})-(.+)");
  private static final Pattern LICENCE = Pattern.compile("(?i)\\W{0,4}licen[cs]e\\W{1,6}(\\S.*)");
  private static final List<String> TERMS =
      List.of("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENCE", "README.md");

  /** A readme says it at its beginning. */
  private static final int LINES = 40;

  private static final int LONGEST = 120;
  private static final int MOST = 100_000;

  /** Whether a folder has records of a kind, itself or in those of its sources. */
  public static boolean isIn(Path folder, String kind) {
    return Files.isDirectory(folder)
        && (Files.isDirectory(folder.resolve(kind)) || !sources(folder, kind).isEmpty());
  }

  /**
   * Lists a folder; a user error where it is no such export, or one of several sets.
   *
   * @param kind of its records
   */
  public static NeuronpediaExport of(Path folder, String kind) {
    List<Path> sources =
        Files.isDirectory(folder.resolve(kind)) ? List.of(folder) : sources(folder, kind);
    List<Path> batches =
        sources.stream().flatMap(source -> batches(source.resolve(kind)).stream()).toList();
    if (batches.isEmpty()) {
      throw user("%s: has no %s, expected %s", folder, kind, EXPECTED.formatted(kind));
    }
    Optional<String> licence =
        Stream.concat(Stream.of(folder), sources.stream())
            .flatMap(place -> TERMS.stream().map(place::resolve))
            .filter(Files::isRegularFile)
            .flatMap(file -> terms(file).stream())
            .findFirst();
    return new NeuronpediaExport(batches, licence);
  }

  /** Those of a model, by layer. */
  private static List<Path> sources(Path model, String kind) {
    Set<String> sets = new TreeSet<>();
    List<Path> sources = new ArrayList<>();
    for (Path one : list(model)) {
      Matcher name = SOURCE.matcher(one.getFileName().toString());
      if (name.matches() && Files.isDirectory(one.resolve(kind))) {
        sets.add(name.group(2));
        sources.add(one);
      }
    }
    if (sets.size() > 1) {
      throw user(
          "%s: has sources of the sets %s, expected one set, or the folder of a source",
          model, Quote.of(String.join(", ", sets)));
    }
    sources.sort(Comparator.comparingInt(source -> number(SOURCE, source)));
    return sources;
  }

  private static List<Path> batches(Path records) {
    return list(records).stream()
        .filter(file -> BATCH.matcher(file.getFileName().toString()).matches())
        .sorted(Comparator.comparingInt(file -> number(BATCH, file)))
        .toList();
  }

  private static int number(Pattern form, Path path) {
    Matcher name = form.matcher(path.getFileName().toString());
    return name.matches() ? Integer.parseInt(name.group(1)) : 0;
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      List<Path> found = all.limit(MOST + 1L).sorted().toList();
      if (found.size() > MOST) {
        throw user("%s: has more than %d files, expected a Neuronpedia export", folder, MOST);
      }
      return found;
    } catch (IOException e) {
      throw external(folder + " cannot be listed", e);
    }
  }

  /** The line that names the terms, else the first of a file of nothing but terms. */
  private static Optional<String> terms(Path file) {
    String name = file.toString();
    List<String> lines =
        new InputFile(file, name, "a text")
            .text(InputFile.SMALL)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .limit(LINES)
            .toList();
    Optional<String> named =
        lines.stream()
            .map(LICENCE::matcher)
            .filter(Matcher::matches)
            .map(found -> found.group(1))
            .findFirst();
    return named
        .or(() -> name.endsWith("README.md") ? Optional.empty() : lines.stream().findFirst())
        .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
  }
}
