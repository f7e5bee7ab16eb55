package dev.piecrust.supply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the program carries: without known faults, under known licences, and all of it listed. */
final class SupplyIT {
  private static final Path NOTICE = Program.ROOT.resolve("THIRD-PARTY.md");

  /** Has the list written instead of compared. */
  private static final String WRITE = "piecrust.write";

  @Test
  void carriesNoLibraryWithAKnownFault() throws IOException {
    List<Advisories.Hit> hits = Advisories.read().hits(Bom.components());
    hits.forEach(System.out::println);
    assertThat(hits).allMatch(hit -> hit.reason().isPresent());
  }

  @Test
  void carriesLibrariesUnderAllowedLicencesAlone() throws IOException {
    Set<String> allowed = new HashSet<>(Advisories.lines("licences.txt"));
    assertThat(Bom.components())
        .allSatisfy(
            component -> {
              assertThat(component.licences()).as(component.library()).isNotEmpty();
              // Of several a user may choose; the list names those that one can choose.
              assertThat(component.licences()).as(component.library()).anyMatch(allowed::contains);
            });
  }

  @Test
  void listsThemAll() throws IOException {
    String listed =
        Bom.components().stream()
            .map(
                c ->
                    "| %s | %s | %s |"
                        .formatted(c.library(), c.version(), String.join(" or ", c.licences())))
            .collect(
                Collectors.joining(
                    "\n",
                    """
                    # Third-party libraries

                    What a release of PieCrust carries, by the build's CycloneDX report, and under which licence. Written by
                    `mvn -B -pl standalone -am verify -Dit.test=SupplyIT -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dpiecrust.write=true`.

                    | library | version | licence |
                    |---|---|---|
                    """,
                    "\n"));
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(NOTICE, listed);
    }
    assertThat(Files.readString(NOTICE)).isEqualTo(listed);
  }
}
