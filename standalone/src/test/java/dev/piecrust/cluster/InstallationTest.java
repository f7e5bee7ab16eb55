package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class InstallationTest {
  private static final String URL = "jdbc:postgresql://db.lab/piecrust";

  @Test
  void isNoneWithoutADatabase() {
    assertThat(Installation.of(Map.of())).isEmpty();
    assertThat(Installation.of(Map.of("PIECRUST_ARTIFACTS", "/mnt/shared"))).isEmpty();
    assertThat(Installation.of(Map.of("PIECRUST_DATABASE_URL", " "))).isEmpty();
  }

  @Test
  void readsWhatIsSharedAndHidesThePassword() {
    Installation installation =
        Installation.of(
                Map.of(
                    "PIECRUST_DATABASE_URL",
                    URL,
                    "PIECRUST_DATABASE_USER",
                    "ada",
                    "PIECRUST_DATABASE_PASSWORD",
                    "secret",
                    "PIECRUST_ARTIFACTS",
                    "/mnt/shared"))
            .orElseThrow();
    assertThat(installation.database().url()).isEqualTo(URL);
    assertThat(installation.database().user()).isEqualTo("ada");
    assertThat(installation.database().password()).isEqualTo("secret");
    assertThat(installation.artifacts().toString()).endsWith("shared");
    assertThat(installation.toString()).doesNotContain("secret");
  }

  @Test
  void saysWhatIsMissingOrCannotBeShared() {
    assertThatThrownBy(() -> Installation.of(Map.of("PIECRUST_DATABASE_URL", URL)))
        .hasMessage(
            "PIECRUST_ARTIFACTS is not set, expected a folder that all processes see, or"
                + " s3://BUCKET[/PREFIX]");
    assertThatThrownBy(() -> Installation.of(Map.of("PIECRUST_DATABASE_URL", "jdbc:h2:mem:x")))
        .hasMessage(
            "PIECRUST_DATABASE_URL is 'jdbc:h2:mem:x', expected jdbc:postgresql://HOST/DATABASE,"
                + " since an H2 file cannot be shared");
  }
}
