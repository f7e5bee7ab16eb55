package dev.piecrust.house;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A package is one idea, which its {@code package-info} says, in no more files than one can know.
 */
final class PackagesTest {
  private static final int MOST_FILES = 40;

  @Test
  void noneIsAboveFortyFiles() throws IOException {
    Map<String, Long> files = files(Program.ROOT);
    assertThat(files).hasSizeGreaterThan(50);
    assertThat(tooLarge(files)).isEmpty();
  }

  @Test
  void eachSaysWhatItIs() throws IOException {
    try (Stream<Path> sources = sources(Program.ROOT)) {
      Set<Path> folders =
          sources.map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
      assertThat(folders)
          .allSatisfy(
              folder -> assertThat(folder.resolve("package-info.java")).content().contains("/**"));
    }
  }

  @Test
  void noticesOneThatIsTooLarge(@TempDir Path root) throws IOException {
    Path folder = Files.createDirectories(root.resolve("some/src/main/java/dev/piecrust/large"));
    for (int i = 0; i <= MOST_FILES; i++) {
      Files.createFile(folder.resolve("Type" + i + ".java"));
    }
    assertThat(tooLarge(files(root))).containsExactly("dev.piecrust.large");
  }

  private static Set<String> tooLarge(Map<String, Long> files) {
    return files.entrySet().stream()
        .filter(entry -> entry.getValue() > MOST_FILES)
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many files each package of the program has, over all modules. */
  private static Map<String, Long> files(Path root) throws IOException {
    try (Stream<Path> sources = sources(root)) {
      return sources.collect(
          Collectors.groupingBy(PackagesTest::packageOf, TreeMap::new, Collectors.counting()));
    }
  }

  private static String packageOf(Path source) {
    String path = requireNonNull(source.getParent()).toString().replace('\\', '/');
    return path.substring(path.indexOf("/java/") + "/java/".length()).replace('/', '.');
  }

  private static Stream<Path> sources(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .toList()
          .stream()
          .flatMap(PackagesTest::javaFiles);
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
