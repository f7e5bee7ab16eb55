package dev.piecrust.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The build's CycloneDX report names every library that the packaged program carries. */
final class DependencyReportIT {
  private static final Path TARGET = Path.of("target");

  @Test
  void namesEveryLibraryOfTheProgramAndNoToolOfItsTests() throws IOException {
    JsonNode report = new ObjectMapper().readTree(TARGET.resolve("piecrust-bom.json").toFile());
    assertThat(report.required("bomFormat").textValue()).isEqualTo("CycloneDX");
    Set<String> named =
        StreamSupport.stream(report.required("components").spliterator(), false)
            .map(DependencyReportIT::fileName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(named).containsAll(carried());
    assertThat(named)
        .noneMatch(name -> name.startsWith("org.assertj.") || name.startsWith("org.junit."));
  }

  /** As the packaged program names files. */
  private static String fileName(JsonNode component) {
    return component.required("group").textValue()
        + '.'
        + component.required("name").textValue()
        + '-'
        + component.required("version").textValue();
  }

  /** Those of native code have a platform at the end of their names. */
  private static Set<String> carried() throws IOException {
    Path libraries = TARGET.resolve("quarkus-app/lib");
    try (Stream<Path> files = Files.walk(libraries)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .map(name -> name.replaceAll("(-(linux|osx|win)-[a-z0-9_]+)?\\.jar$", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
