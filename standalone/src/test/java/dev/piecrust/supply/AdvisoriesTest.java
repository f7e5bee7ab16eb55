package dev.piecrust.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdvisoriesTest {
  private static final Advisory FAULT =
      Advisory.of("g:a\t4.1.9.Final\t4.1.133.Final\tCVE-1\tleaks");

  @Test
  void findsAVersionFromTheFirstAffectedUpToTheFixedOne() {
    Advisories known = known(LocalDate.parse("2026-11-28"));
    assertThat(
            known.hits(
                List.of(
                    version("4.1.8.Final"),
                    version("4.1.9.Final"),
                    version("4.1.130.Final"),
                    version("4.1.133.Final"),
                    version("4.2.0.Final"),
                    new Component("g:b", "4.1.130.Final", List.of()))))
        .extracting(hit -> hit.component().version())
        .containsExactly("4.1.9.Final", "4.1.130.Final");
  }

  @Test
  void takesAnExceptionForHalfAYear() {
    List<Component> affected = List.of(version("4.1.130.Final"));
    assertThat(known(LocalDate.parse("2027-05-27")).hits(affected))
        .extracting(Advisories.Hit::reason)
        .containsExactly(Optional.of("unused"));
    assertThat(known(LocalDate.parse("2027-05-28")).hits(affected))
        .extracting(Advisories.Hit::reason)
        .containsExactly(Optional.empty());
  }

  /** Whoever looks up advisories anew removes exceptions that nothing needs. */
  @Test
  void eachExceptionBelongsToAnAdvisory() throws IOException {
    Advisories known = Advisories.read();
    assertThat(known.all()).hasSizeGreaterThan(40);
    assertThat(known.exempt())
        .allMatch(
            e ->
                known.all().stream()
                    .anyMatch(a -> a.id().equals(e.id()) && a.library().equals(e.library())));
  }

  private static Advisories known(LocalDate asOf) {
    return new Advisories(
        asOf,
        List.of(FAULT),
        List.of(new Advisories.Exempt("CVE-1", "g:a", LocalDate.parse("2026-11-28"), "unused")));
  }

  private static Component version(String version) {
    return new Component("g:a", version, List.of());
  }
}
