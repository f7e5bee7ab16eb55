package dev.piecrust.supply;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of faults in libraries, and which of them were looked at and left.
 *
 * @param asOf when they were looked up
 */
record Advisories(LocalDate asOf, List<Advisory> all, List<Exempt> exempt) {
  static final Path FOLDER = Program.ROOT.resolve("deploy/release");

  /** An exception holds as long: by then there is a newer version, or a better reason. */
  private static final int DAYS = 180;

  /**
   * An advisory that does no harm here.
   *
   * @param since when somebody looked
   */
  record Exempt(String id, String library, LocalDate since, String reason) {
    static Exempt of(String line) {
      String[] cells = line.split("\t");
      return new Exempt(cells[0], cells[1], LocalDate.parse(cells[2]), cells[3]);
    }
  }

  /**
   * A library in the range of an advisory.
   *
   * @param reason why that does no harm; empty where it may
   */
  record Hit(Component component, Advisory advisory, Optional<String> reason) {
    @Override
    public String toString() {
      return "%-18s %s %s (fixed in %s): %s%s"
          .formatted(
              advisory.id(),
              component.library(),
              component.version(),
              advisory.fixed().text(),
              advisory.summary(),
              reason.map(r -> "; excepted: " + r).orElse(""));
    }
  }

  static Advisories read() throws IOException {
    List<String> lines = new ArrayList<>(lines("advisories.tsv"));
    LocalDate asOf = LocalDate.parse(lines.remove(0).split("\t")[1]);
    return new Advisories(
        asOf,
        lines.stream().map(Advisory::of).toList(),
        lines("exceptions.tsv").stream().map(Exempt::of).toList());
  }

  /** Without comments. */
  static List<String> lines(String file) throws IOException {
    return Files.readAllLines(FOLDER.resolve(file)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  List<Hit> hits(List<Component> components) {
    return all.stream()
        .flatMap(
            advisory ->
                components.stream()
                    .filter(advisory::affects)
                    .map(component -> new Hit(component, advisory, reason(advisory))))
        .toList();
  }

  private Optional<String> reason(Advisory advisory) {
    return exempt.stream()
        .filter(e -> e.id().equals(advisory.id()) && e.library().equals(advisory.library()))
        .filter(e -> !asOf.isAfter(e.since().plusDays(DAYS)))
        .map(Exempt::reason)
        .findFirst();
  }
}
