package dev.piecrust.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sections that comments in the code refer to are in the documentation. */
final class SectionsTest {
  /** Such as {@code docs/method.md §5}, over the end of a comment's line too. */
  private static final Pattern REFERENCE =
      Pattern.compile("(docs/[\\w-]+\\.md)[\\s*/]+§(\\d+(?:\\.\\d+)*)");

  /** A page in capitals is none of the documentation's. */
  private static final Pattern ELSEWHERE = Pattern.compile("\\b(?:[A-Z]{2,}\\.md|[A-Z]{2,}) §");

  @Test
  void everySectionThatCodeRefersToIsThere() {
    List<MatchResult> references =
        sources().flatMap(file -> REFERENCE.matcher(read(file)).results()).toList();
    assertThat(references).hasSizeGreaterThan(100);
    assertThat(references.stream().filter(found -> !isThere(found.group(1), found.group(2))))
        .extracting(MatchResult::group)
        .isEmpty();
  }

  @Test
  void noCommentRefersToAPageElsewhere() {
    assertThat(
            sources()
                .filter(file -> !file.endsWith("SectionsTest.java"))
                .filter(file -> ELSEWHERE.matcher(read(file)).find()))
        .isEmpty();
  }

  @Test
  void noticesASectionThatIsNotThere() {
    assertThat(isThere("docs/method.md", "5")).isTrue();
    assertThat(isThere("docs/method.md", "99")).isFalse();
    assertThat(isThere("docs/none.md", "1")).isFalse();
    assertThat(REFERENCE.matcher("(docs/method.md\n   * §5)").find()).isTrue();
    assertThat(ELSEWHERE.matcher("see METHOD §5").find()).isTrue();
  }

  private static boolean isThere(String page, String section) {
    Path file = Program.ROOT.resolve(page);
    return Files.exists(file)
        && Pattern.compile("(?m)^#+ " + Pattern.quote(section) + "\\. ").matcher(read(file)).find();
  }

  private static Stream<Path> sources() {
    return Stream.of(
            "activities",
            "store",
            "hub",
            "workflows",
            "worker-gpu",
            "worker-llm",
            "results",
            "web",
            "bench",
            "standalone")
        .map(module -> Program.ROOT.resolve(module).resolve("src"))
        .flatMap(SectionsTest::filesBelow)
        .filter(file -> file.toString().endsWith(".java"));
  }

  private static Stream<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
