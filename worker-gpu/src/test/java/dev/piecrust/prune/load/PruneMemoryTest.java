package dev.piecrust.prune.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Residence;
import dev.piecrust.prune.RandomSubject;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneMemoryTest {
  private static final long GIB = 1L << 30;
  private static final SubjectShape LLAMA =
      new SubjectShape(1_235_814_400L, 60_821_504, 16, 2048, 32, 8192, 128_256, 32_768, 0);

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
  void linearPartsTakeMemoryToo() {
    SubjectShape linear =
        new SubjectShape(1_235_814_400L, 60_821_504, 16, 2048, 32, 8192, 128_256, 32_768, 16);
    long more =
        PruneMemory.estimate(linear, load(1, 20), Residence.MEMORY).encoders()
            - PruneMemory.estimate(LLAMA, load(1, 20), Residence.MEMORY).encoders();
    assertThat(more).isEqualTo(4L * 16 * 2048 * 2048);
  }

  @Test
  void aBatchOfTheReferenceSubjectFitsInto12GiB() {
    assertThat(PruneMemory.estimate(LLAMA, load(10, 20), Residence.MEMORY).total())
        .isBetween(9 * GIB, 12 * GIB);
  }

  @Test
  void triesASmallerBatchWhereTheWishedForDoesNotFit() {
    long three = PruneMemory.estimate(LLAMA, load(3, 400), Residence.MEMORY).working();
    int fits = PruneMemory.promptsThatFit(LLAMA, load(12, 400), Device.cpu(), device -> three);
    assertThat(fits).isEqualTo(3);
  }

  @Test
  void refusesWithTheNumbersWhereNotOnePromptFits() {
    refuses(
        () -> PruneMemory.promptsThatFit(LLAMA, load(10, 400), Device.cpu(), device -> 1 << 20),
        "one prompt of 400 tokens needs",
        "0.00 GiB free");
  }

  @Test
  void refusesBeforeLoadingWhatHasNoRoom() {
    refuses(
        () ->
            PruneMemory.requireRoom(
                LLAMA, load(1, 20), Device.cpu(), device -> 4 * GIB, Residence.MEMORY),
        "one prompt of 20 tokens needs 9.",
        "encoders 4.00 GiB",
        "4.00 GiB free");
  }

  @Test
  void methodsThatChooseNeedRoomForTheirVariants() {
    PruneSpec ranked = PruneSpec.defaults().withMethods(Method.FAP);
    PruneSpec choosing = PruneSpec.defaults().withMethods(Method.FAP, Method.FAP_SYNERGY);
    assertThat(
            PruneMemory.estimate(LLAMA, PruneLoad.of(choosing, 10, 20), Residence.MEMORY).working())
        .isGreaterThan(
            PruneMemory.estimate(LLAMA, PruneLoad.of(ranked, 10, 20), Residence.MEMORY).working());
  }

  private static PruneLoad load(int prompts, int tokens) {
    return new PruneLoad(prompts, tokens, 5, false);
  }

  private static void refuses(ThrowingCallable work, String... words) {
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(work)
        .satisfies(
            e -> {
              assertThat(e.getMessage()).contains(words);
              assertThat(e.category()).isEqualTo(FailureCategory.RESOURCES);
            });
  }

  @Test
  void oneLayerAtATimeTakesTheMemoryOfOne() {
    PruneMemory whole = PruneMemory.estimate(LLAMA, load(1, 20), Residence.MEMORY);
    PruneMemory disk = PruneMemory.estimate(LLAMA, load(1, 20), Residence.DISK);
    assertThat(whole.model() - disk.model()).isEqualTo(4L * 15 * 60_821_504);
    assertThat(whole.encoders() - disk.encoders()).isEqualTo(4L * 15 * 32_768 * 2048);
    assertThat(
            PruneMemory.shortage(
                LLAMA, load(1, 20), Device.cpu(), device -> 4 * GIB, Residence.DISK))
        .isEmpty();
    assertThat(
            PruneMemory.shortage(
                LLAMA, load(1, 20), Device.cpu(), device -> 4 * GIB, Residence.MEMORY))
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains("; with PIECRUST_WEIGHTS=disk a layer at a time is read from disk"));
  }
}
