package dev.piecrust.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Method;
import dev.piecrust.embedded.Program;
import java.io.IOException;
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
