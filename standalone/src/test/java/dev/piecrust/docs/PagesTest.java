package dev.piecrust.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a page of the documentation names is there. */
final class PagesTest {
  /** A path from the root of the repository: what names such a thing begins with a folder of it. */
  private static final Pattern PATH =
      Pattern.compile(
          "(?:activities|store|hub|workflows|worker-gpu|worker-llm|results|web|bench|standalone|deploy|docs|examples|demo)"
              + "/[\\w./-]*\\w/?");

  static List<Page> pages() {
    return Page.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Page page) {
    assertThat(page.links().stream().filter(link -> !leadsSomewhere(page, link))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theProgramTakesEveryCommand(Page page) {
    assertThat(
            Stream.concat(page.lines().stream(), page.inline().stream())
                .map(Command::problem)
                .flatMap(Optional::stream))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void filesThatAreNamedExist(Page page) {
    assertThat(
            page.inline().stream()
                .filter(code -> PATH.matcher(code).matches())
                .filter(code -> Files.notExists(Program.ROOT.resolve(code))))
        .isEmpty();
  }

  @Test
  void noticesWhatIsNotThere() {
    Page page =
        new Page(
            Program.ROOT.resolve("docs/planted.md"),
            """
            # A heading, with signs

            [a](none.md) [b](../README.md#no-such-heading) [c](#a-heading-with-signs) `docs/none.md`
            """);
    assertThat(page.links().stream().filter(link -> !leadsSomewhere(page, link)))
        .containsExactly("none.md", "../README.md#no-such-heading");
    assertThat(page.inline()).allMatch(code -> PATH.matcher(code).matches());
    assertThat(Command.problem("./piecrust runn spec.yaml")).isPresent();
    assertThat(Command.problem("PIECRUST_HOME=/h ./piecrust run spec.yaml --watch > log &"))
        .isEmpty();
  }

  private static boolean leadsSomewhere(Page page, String link) {
    String[] parts = link.split("#", 2);
    Path target = page.file().resolveSibling(parts[0]).normalize();
    if (!parts[0].isEmpty() && Files.notExists(target)) {
      return false;
    }
    return parts.length == 1
        || (parts[0].isEmpty() ? page : Page.read(target)).anchors().contains(parts[1]);
  }
}
