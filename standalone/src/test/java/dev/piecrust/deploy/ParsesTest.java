package dev.piecrust.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file is what its name says. */
final class ParsesTest {
  /** An image is named by its short name, which each engine resolves as its operator says. */
  private static final Pattern REGISTRY =
      Pattern.compile("(?m)(?:image:|newName:|^FROM|--from=)\\s*\"?[\\w-]+[.:][\\w.:-]*/");

  static Iterable<Path> yaml() {
    return DeployFolder.files(".yaml");
  }

  static Iterable<Path> files() {
    return DeployFolder.files("");
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void yamlParses(Path file) {
    assertThat(DeployFolder.documents(file)).isNotEmpty().noneMatch(document -> document.isEmpty());
  }

  @Test
  void noticesAKeyThatIsThereTwice() {
    assertThatThrownBy(() -> DeployFolder.documents("a: 1\nb: 2\na: 3\n"))
        .hasMessageContaining("duplicate key a");
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesNoRegistry(Path file) {
    assertThat(DeployFolder.text(file)).doesNotContainPattern(REGISTRY);
  }

  @Test
  void noticesARegistry() {
    assertThat("image: registry.example/some/image:1").containsPattern(REGISTRY);
    assertThat("FROM registry.example:5000/some/image:1").containsPattern(REGISTRY);
    assertThat("image: some/image:1").doesNotContainPattern(REGISTRY);
  }
}
