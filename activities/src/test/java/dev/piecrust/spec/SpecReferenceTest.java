package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the reference says of each key is what the reader does. */
final class SpecReferenceTest {
  /** With no more in it than has to be. */
  private static final String LEAST =
      """
      name: least
      subject: {model: model, transcoder: model}
      tasks: [{kind: ioi}]
      interpret: {corpus: {path: corpus.jsonl}, llm: {provider: lexical}}
      evaluate: {}
      """;

  /** What these are when left out depends on other keys, so the reference says it in words. */
  private static final Set<String> IN_WORDS =
      Set.of("tasks[].name", "interpret.features.method", "interpret.llm.model");

  @TempDir private Path folder;

  @BeforeEach
  void makeTheSubject() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"text\": \"a\"}\n");
  }

  static List<SpecReference.Entry> entries() {
    return SpecReference.entries();
  }

  @Test
  void namesTheKeysOfAllLevels() {
    assertThat(entries())
        .extracting(SpecReference.Entry::path)
        .startsWith(
            "name",
            "subject",
            "subject.model",
            "subject.transcoder",
            "subject.prepend_bos",
            "tasks")
        .contains("tasks[].seed", "prune.synergy.lambda", "interpret.llm.price.batch_share")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void eachKeyIsReadSoThatNonsenseUnderItIsRefused(SpecReference.Entry entry) {
    SpecEditor spec = SpecEditor.of(LEAST);
    spec.set(entry.path().replace("[]", "[ioi]"), List.of(List.of()));
    assertThatThrownBy(() -> parse(spec.write()))
        .hasMessageContaining(entry.path().replace("[]", "[0]"))
        .message()
        .satisfies(
            problems ->
                assertThat(problems.lines()).allMatch(line -> line.contains(", expected ")));
  }

  @ParameterizedTest
  @MethodSource("entries")
  void whatHoldsWhereAKeyIsLeftOutIsWhatTheReferenceSays(SpecReference.Entry entry) {
    Optional<Object> usual = written(entry.path());
    boolean told = !IN_WORDS.contains(entry.path()) && !entry.usual().startsWith("required");
    if (usual.isPresent() && told) {
      assertThat(entry.usual()).matches("\\Q%s\\E([ ,].*)?".formatted(plain(usual.get())));
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void eachKeySaysWhatItIsForInASentence(SpecReference.Entry entry) {
    assertThat(entry.purpose()).matches("[A-Z].*\\.");
    assertThat(entry.expected()).isNotBlank();
    assertThat(entry.usual()).isNotBlank();
  }

  /** Numbers as people write them. */
  private static Object plain(Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(SpecReferenceTest::plain).toList();
    }
    return value instanceof Number
        ? new BigDecimal(value.toString()).stripTrailingZeros().toPlainString()
        : value;
  }

  /** A single value of the least spec as the reader fills it in. */
  private Optional<Object> written(String path) {
    return SpecEditor.of(SpecDocument.write(parse(LEAST)))
        .get(path.replace("[]", "[ioi]"))
        .filter(value -> !(value instanceof Map) && !path.equals("tasks"));
  }

  private CampaignSpec parse(String yaml) {
    return SpecReader.parse(yaml, folder, "least.yaml");
  }
}
