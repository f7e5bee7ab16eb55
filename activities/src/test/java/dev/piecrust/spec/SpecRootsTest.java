package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.input.RootContract;
import dev.piecrust.input.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpecRootsTest extends RootContract {
  private static final LlmAccess ALL = LlmAccess.of(Map.of());

  @Test
  void refusesASpecInOneSentenceWithItsLine() throws IOException {
    Files.createSymbolicLink(data.resolve("out"), evil.resolve("model"));
    String spec =
        """
        name: small
        subject: {model: model, transcoder: out}
        tasks: [{kind: file, path: %s}]
        prune: {budgets: [10]}
        """
            .formatted(evil.resolve("absent.jsonl"));
    assertThatThrownBy(() -> SpecReader.parse(spec, data, "s.yaml", roots, ALL))
        .hasMessageContaining("s.yaml:2:37: subject.transcoder: ")
        .hasMessageContaining("is outside of the folders that PIECRUST_ROOTS allows, expected ")
        .hasMessageContaining("s.yaml:3")
        .hasMessageNotContaining("there is no")
        .hasMessageNotContaining("subject.model");
  }

  @Test
  void takesRepositoriesOfTheHubForNoPaths() {
    String spec =
        """
        name: small
        subject: {model: "hf://org/model", transcoder: "hf://org/clt"}
        tasks: [{kind: ioi}]
        prune: {budgets: [10]}
        """;
    CampaignSpec read = SpecReader.parse(spec, data, "s.yaml", roots, ALL);
    assertThat(SpecRoots.allowed(read, roots)).isSameAs(read);
  }

  @Test
  void refusesASpecAgainWhereItsFilesAreOpened() {
    String spec =
        """
        name: small
        subject: {model: %1$s/data/model, transcoder: %1$s/data/model}
        tasks: [{kind: file, path: %1$s/data-evil/pairs.jsonl}]
        prune: {budgets: [10]}
        """
            .formatted(folder);
    CampaignSpec read = SpecReader.parse(spec, folder, "s.yaml", new Roots(List.of()), ALL);
    assertThat(SpecRoots.allowed(read, new Roots(List.of(folder)))).isSameAs(read);
    assertThatThrownBy(() -> SpecRoots.allowed(read, roots))
        .hasMessageStartingWith("tasks file: " + evil.resolve("pairs.jsonl") + " is outside of")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }
}
