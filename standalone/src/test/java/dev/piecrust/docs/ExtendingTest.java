package dev.piecrust.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Method;
import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added often touches as few files as docs/extending.md says. */
final class ExtendingTest {
  /** Methods that nothing else builds on; their own classes do not name them. */
  @ParameterizedTest
  @EnumSource(names = {"CLT_RELP", "ACDC", "FACTP"})
  void aMethodIsDeclaredInTwoFilesBesideItsOwn(Method method) throws IOException {
    Pattern constant = Pattern.compile("(?<![\\w.])(?:Method\\.)?" + method.name() + "(?!\\w)");
    Set<String> naming = new TreeSet<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      if (text.contains("Method") && constant.matcher(text).find()) {
        naming.add(source.getFileName().toString());
      }
    }
    // The key of its parameters is called so too.
    naming.removeIf(name -> name.matches("MethodSettings\\w*\\.java"));
    assertThat(naming).containsExactlyInAnyOrder("Method.java", "MethodCode.java");
    Page page = Page.read(Program.ROOT.resolve("docs/extending.md"));
    assertThat(page.inline()).filteredOn(code -> code.endsWith("/Method.java")).hasSize(1);
    assertThat(page.inline()).filteredOn(code -> code.endsWith("/MethodCode.java")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "qwen2", "qwen3", "gemma2", "gemma3"})
  void aModelFamilyIsAFolderAndALine(String folder) throws IOException {
    Path own = Program.ROOT.resolve("worker-gpu/src/main/java/dev/piecrust/model/" + folder);
    Pattern family = Pattern.compile("new " + folder + "Family\\(", Pattern.CASE_INSENSITIVE);
    List<String> lines =
        sources().stream()
            .filter(source -> !source.startsWith(own))
            .flatMap(source -> lines(source, family))
            .collect(Collectors.toList());
    assertThat(lines).singleElement().asString().startsWith("Models.java: ");
    assertThat(javaFiles(own)).hasSizeLessThanOrEqualTo(6);
  }

  private static Stream<String> lines(Path source, Pattern pattern) {
    try {
      return Files.readString(source)
          .lines()
          .filter(line -> pattern.matcher(line).find())
          .map(line -> source.getFileName() + ": " + line.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> modules = Files.list(Program.ROOT)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .flatMap(ExtendingTest::javaFiles)
          .collect(Collectors.toList());
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
