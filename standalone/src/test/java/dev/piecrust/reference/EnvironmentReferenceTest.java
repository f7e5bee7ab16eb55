package dev.piecrust.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.deploy.Variables;
import dev.piecrust.embedded.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference has the variables that are read, all of them and no others. */
final class EnvironmentReferenceTest {
  /** Ours wherever they are written; those of others where the program names them itself. */
  private static final Pattern OURS = Pattern.compile("\\bPIECRUST_[A-Z0-9_]*[A-Z0-9]\\b");

  private static final Pattern OF_OTHERS =
      Pattern.compile("\"((?:QUARKUS|TEMPORAL|OTEL|HF)_[A-Z0-9_]*[A-Z0-9])\"");

  private static final List<String> NAMES =
      EnvironmentReference.groups().stream()
          .flatMap(group -> group.variables().stream())
          .map(Variable::name)
          .toList();

  @Test
  void hasEveryVariableThatTheProgramOrItsContainersName() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path source : sources()) {
      String text = Files.readString(source);
      OURS.matcher(text).results().forEach(found -> named.add(found.group()));
      OF_OTHERS.matcher(text).results().forEach(found -> named.add(found.group(1)));
    }
    assertThat(named).contains("PIECRUST_HOME", "PIECRUST_JAVA_OPTS", "PIECRUST_MODELS");
    assertThat(NAMES).containsAll(named);
  }

  @Test
  void hasNoneThatNobodyReads() throws IOException {
    String containers =
        Files.readString(Program.ROOT.resolve("deploy/compose.yaml"))
            + Files.readString(Program.ROOT.resolve("deploy/Containerfile.cuda"));
    assertThat(NAMES)
        .doesNotHaveDuplicates()
        .allMatch(name -> Variables.known(name) || containers.contains("${" + name));
    assertThat(Variables.known("PIECRUST_MODELS_OF_NOBODY")).isFalse();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(Program.ROOT)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file ->
                  file.toString().matches(".*/src/main/.*\\.(java|properties)")
                      || file.startsWith(Program.ROOT.resolve("deploy"))
                      || file.equals(Program.ROOT.resolve("piecrust")))
          .toList();
    }
  }
}
