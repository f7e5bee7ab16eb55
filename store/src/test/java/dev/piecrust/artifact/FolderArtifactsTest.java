package dev.piecrust.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactsTest {
  /** SHA-256 of "abc", from FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path root;
  private FolderArtifacts artifacts;

  @BeforeEach
  void open() {
    artifacts = new FolderArtifacts(root);
  }

  @Test
  void storesContentUnderItsHash() throws IOException {
    ArtifactRef ref = put("abc");
    assertThat(ref).isEqualTo(new ArtifactRef(ABC, 3));
    assertThat(root.resolve("ba").resolve("78").resolve(ABC)).hasContent("abc");
    assertThat(read(ref)).isEqualTo("abc");
  }

  @Test
  void storesTheSameContentOnce() throws IOException {
    put("abc");
    put("abc");
    assertThat(files()).hasSize(1);
  }

  @Test
  void leavesNothingBehindWhenTheWriterFails() throws IOException {
    assertThatThrownBy(
            () ->
                artifacts.put(
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("half-way");
                    }))
        .hasMessage("half-way");
    assertThat(files()).isEmpty();
  }

  @Test
  void callsAFullDiskAMatterOfResources() {
    assertThatThrownBy(
            () ->
                artifacts.put(
                    out -> {
                      throw new IOException("No space left on device");
                    }))
        .hasMessageContaining("the disk is full")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.RESOURCES));
  }

  @Test
  void namesAMissingArtifact() {
    assertThat(artifacts.exists(new ArtifactRef(ABC, 3))).isFalse();
    assertThatThrownBy(() -> artifacts.open(new ArtifactRef(ABC, 3)))
        .hasMessageContaining("artifact " + ABC + " is missing")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
  }

  @Test
  void noticesATruncatedArtifactAndHealsItWhenItIsPutAgain() throws IOException {
    ArtifactRef ref = put("abc");
    Files.writeString(root.resolve("ba").resolve("78").resolve(ABC), "ab");
    assertThat(artifacts.exists(ref)).isFalse();
    assertThatThrownBy(() -> artifacts.open(ref))
        .hasMessageContaining("is damaged: it has 2 bytes, expected 3");
    put("abc");
    assertThat(read(ref)).isEqualTo("abc");
  }

  @Test
  void noticesAFlippedByteAndHealsItWhenItIsPutAgain() throws IOException {
    ArtifactRef ref = put("abc");
    assertThat(artifacts.intact(ref)).isTrue();
    Files.writeString(root.resolve("ba").resolve("78").resolve(ABC), "abd");
    assertThat(artifacts.exists(ref)).isTrue();
    assertThat(artifacts.intact(ref)).isFalse();
    assertThatThrownBy(() -> artifacts.open(ref))
        .hasMessageContaining("artifact " + ABC)
        .hasMessageContaining(
            "is damaged: the SHA-256 of its content is a52d159f262b2c6ddb724a61840b")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
    put("abc");
    assertThat(read(ref)).isEqualTo("abc");
  }

  private ArtifactRef put(String text) {
    return artifacts.put(text.getBytes(StandardCharsets.UTF_8));
  }

  private String read(ArtifactRef ref) throws IOException {
    try (InputStream in = artifacts.open(ref)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }
}
