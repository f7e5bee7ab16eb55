package dev.piecrust.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every artifact store does. */
abstract class ArtifactContract {
  /** SHA-256 of "abc", from FIPS 180-2. */
  static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  abstract ArtifactStore store();

  /** Number of artifacts, or parts of them, that the store holds. */
  abstract long held() throws Exception;

  /** Puts something else in the place of an artifact, behind the store's back. */
  abstract void replace(String sha256, String content) throws Exception;

  @Test
  void storesContentUnderItsHash() throws Exception {
    ArtifactRef ref = put("abc");
    assertThat(ref).isEqualTo(new ArtifactRef(ABC, 3));
    assertThat(store().exists(ref)).isTrue();
    assertThat(read(ref)).isEqualTo("abc");
    assertThat(held()).isEqualTo(1);
  }

  @Test
  void storesTheSameContentOnceWhoeverWritesIt() throws Exception {
    assertThat(IntStream.range(0, 16).parallel().mapToObj(i -> put("abc")).distinct()).hasSize(1);
    assertThat(held()).isEqualTo(1);
  }

  @Test
  void storesNothingToo() throws Exception {
    assertThat(read(put(""))).isEmpty();
  }

  @Test
  void keepsWhatIsLargerThanAnyBuffer() throws Exception {
    byte[] large = new byte[20_000_000];
    new Random(0).nextBytes(large);
    ArtifactRef ref = store().put(large);
    try (InputStream in = store().open(ref)) {
      assertThat(Sha256.of(in.readAllBytes())).isEqualTo(ref.sha256());
    }
  }

  @Test
  void leavesNothingBehindWhenTheWriterFails() throws Exception {
    assertThatThrownBy(
            () ->
                store()
                    .put(
                        out -> {
                          out.write(1);
                          throw new IllegalStateException("half-way");
                        }))
        .hasMessage("half-way");
    assertThat(held()).isZero();
  }

  @Test
  void namesAMissingArtifact() {
    ArtifactRef ref = new ArtifactRef(ABC, 3);
    assertThat(store().exists(ref)).isFalse();
    assertThatThrownBy(() -> store().open(ref))
        .hasMessageContaining("artifact " + ABC + " is missing")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
  }

  @Test
  void noticesATruncatedArtifactAndHealsItWhenItIsPutAgain() throws Exception {
    ArtifactRef ref = put("abc");
    replace(ABC, "ab");
    assertThat(store().exists(ref)).isFalse();
    assertThatThrownBy(() -> store().open(ref))
        .hasMessageContaining(ABC)
        .hasMessageContaining("damaged")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL));
    put("abc");
    assertThat(read(ref)).isEqualTo("abc");
  }

  final ArtifactRef put(String text) {
    return store().put(text.getBytes(StandardCharsets.UTF_8));
  }

  final String read(ArtifactRef ref) throws IOException {
    try (InputStream in = store().open(ref)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
