package dev.piecrust.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RootsTest {
  @TempDir Path folder;
  private Path data;
  private Path evil;
  private static final LlmAccess ALL = LlmAccess.of(Map.of());

  private Roots roots;

  @BeforeEach
  void make() throws IOException {
    data = folder.resolve("data");
    evil = folder.resolve("data-evil");
    Files.createDirectories(data.resolve("model"));
    Files.createDirectories(evil.resolve("model"));
    Files.writeString(evil.resolve("pairs.jsonl"), "{}");
    roots = new Roots(List.of(data));
  }

  @Test
  void allowsEverythingWhereNothingIsSet() {
    assertThat(Roots.of(Map.of()).allow(Path.of("/etc/passwd"))).isTrue();
    assertThat(Roots.of(Map.of("PIECRUST_ROOTS", " ")).folders()).isEmpty();
  }

  @Test
  void allowsWhatLiesInARoot() {
    Roots both =
        Roots.of(Map.of("PIECRUST_ROOTS", folder.resolve("other") + File.pathSeparator + data));
    assertThat(both.allow(data)).isTrue();
    assertThat(both.allow(data.resolve("model"))).isTrue();
    assertThat(both.allow(data.resolve("not/there/yet"))).isTrue();
    assertThat(both.allow(folder.resolve("other/x"))).isTrue();
    assertThat(both.allow(folder)).isFalse();
  }

  @Test
  void isNotFooledByANameThatBeginsAlike() {
    assertThat(roots.allow(evil.resolve("model"))).isFalse();
  }

  @Test
  void isNotFooledByDots() {
    assertThat(roots.allow(data.resolve("../data-evil/model"))).isFalse();
    assertThat(roots.allow(data.resolve("missing/../../data-evil/missing"))).isFalse();
    assertThat(roots.allow(data.resolve("model/../model"))).isTrue();
  }

  @Test
  void isNotFooledByLinks() throws IOException {
    Files.createSymbolicLink(data.resolve("out"), evil);
    Files.createSymbolicLink(data.resolve("pairs.jsonl"), evil.resolve("pairs.jsonl"));
    assertThat(roots.allow(data.resolve("out/model"))).isFalse();
    assertThat(roots.allow(data.resolve("out/missing"))).isFalse();
    assertThat(roots.allow(data.resolve("pairs.jsonl"))).isFalse();
    assertThat(roots.allow(data.resolve("out/../data/model"))).isTrue();
  }

  @Test
  void followsALinkThatIsItselfARoot() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), data);
    assertThat(new Roots(List.of(link)).allow(link.resolve("model"))).isTrue();
    assertThat(new Roots(List.of(link)).allow(data.resolve("model"))).isTrue();
  }

  @Test
  void refusesAnEntryThatIsNotAbsolute() {
    assertThatThrownBy(() -> Roots.of(Map.of("PIECRUST_ROOTS", "data")))
        .hasMessage("PIECRUST_ROOTS names 'data', expected an absolute folder");
  }

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
        .hasMessageContaining("is outside of the folders that PIECRUST_ROOTS allows: ")
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
    assertThat(roots.allowed(read)).isSameAs(read);
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
    assertThat(new Roots(List.of(folder)).allowed(read)).isSameAs(read);
    assertThatThrownBy(() -> roots.allowed(read))
        .hasMessageStartingWith("tasks file: " + evil.resolve("pairs.jsonl") + " is outside of")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }
}
