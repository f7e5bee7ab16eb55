package dev.piecrust.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import dev.piecrust.spec.SpecSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
  private static final Path PAGE = Program.ROOT.resolve("docs/configuration.md");

  @Test
  void thePageInTheDocumentationIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md is stale: ./piecrust reference > docs/configuration.md")
        .isEqualTo(ConfigurationPage.text());
  }

  @Test
  void theSchemaInTheDocumentationIsWhatTheCodeSays() throws IOException {
    assertThat(Files.readString(PAGE.resolveSibling("campaign-spec.schema.json")))
        .as("stale: ./piecrust schema > docs/campaign-spec.schema.json")
        .isEqualTo(SpecSchema.json());
  }

  @Test
  void everyExampleNamesTheSchema() throws IOException {
    try (Stream<Path> files = Files.list(Program.ROOT.resolve("examples"))) {
      assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readAllLines(file).get(0))
                      .isEqualTo(
                          "# yaml-language-server: $schema=../docs/campaign-spec.schema.json"));
    }
  }

  @Test
  void saysOfAKeyWhatItMayHoldAndWhatHoldsOtherwise() {
    assertThat(ConfigurationPage.text().lines())
        .contains(
            "| `prune.synergy.boundary_cap` | a whole number from 0 to 2147483647 | 32 |"
                + " Most occurrences in the boundary. |")
        .contains(
            "| `PIECRUST_LLM_SLOTS` | 64 | Questions that a worker asks language models at once."
                + " |");
  }

  @Test
  void everyRowHasTheCellsOfItsTable() {
    assertThat(ConfigurationPage.text().lines().filter(line -> line.startsWith("| `")))
        .isNotEmpty()
        .allMatch(line -> line.matches("\\| `[A-Z].*") ? cells(line) == 3 : cells(line) == 4);
  }

  private static int cells(String row) {
    return row.split(" \\| ", -1).length;
  }
}
