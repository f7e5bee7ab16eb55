package dev.piecrust.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneMemoryTest {
  private static final long GIB = 1L << 30;
  private static final SubjectShape LLAMA =
      new SubjectShape(1_235_814_400L, 16, 2048, 32, 8192, 128_256, 32_768);

  @TempDir Path folder;

  @Test
  void readsTheShapeFromHeaders() throws IOException {
    try (RandomSubject subject = new RandomSubject(folder)) {
      SubjectShape shape = SubjectShape.read(folder, folder);
      assertThat(shape.layers()).isEqualTo(subject.model.layers());
      assertThat(shape.width()).isEqualTo(subject.model.width());
      assertThat(shape.vocabulary()).isEqualTo(subject.model.vocabulary());
      assertThat(shape.features()).isEqualTo(RandomSubject.FEATURES);
      assertThat(shape.parameters()).isGreaterThan((long) shape.vocabulary() * shape.width());
    }
  }

  @Test
  void aBatchOfTheReferenceSubjectFitsInto12GiB() {
    assertThat(PruneMemory.estimate(LLAMA, 10, 20, 5).total()).isBetween(9 * GIB, 12 * GIB);
  }

  @Test
  void triesASmallerBatchWhereTheWishedForDoesNotFit() {
    long enough = PruneMemory.estimate(LLAMA, 3, 400, 5).additional();
    int fits = PruneMemory.promptsThatFit(LLAMA, 12, 400, 5, Device.cpu(), device -> enough);
    assertThat(fits).isEqualTo(3);
  }

  @Test
  void refusesWithTheNumbersWhereNotOnePromptFits() {
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(
            () -> PruneMemory.promptsThatFit(LLAMA, 10, 20, 5, Device.cpu(), device -> 4 * GIB))
        .withMessageContaining("one prompt of 20 tokens needs 9.")
        .withMessageContaining("encoders 4.00 GiB")
        .withMessageContaining("4.00 GiB free")
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.RESOURCES));
  }
}
