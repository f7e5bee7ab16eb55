package dev.piecrust.prune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.piecrust.campaign.Metric;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.prune.method.Fap;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A decoder with a NaN in every row of layer 1. */
class BrokenDecoderTest {
  @TempDir Path folder;

  @Test
  void namesTheRowThatIsNotNumbersWhoeverMeetsItFirst() throws IOException {
    try (RandomSubject sound = new RandomSubject(folder)) {
      int width = sound.model.width();
      int writes = sound.model.layers() - 1;
      float[] rows = new float[RandomSubject.FEATURES * writes * width];
      for (int row = 0; row < RandomSubject.FEATURES; row++) {
        Arrays.fill(rows, row * writes * width, row * writes * width + 1, Float.NaN);
      }
      SafeTensorsWriter.writeRaw(
          folder.resolve("W_dec_1.safetensors"),
          Map.of("W_dec_1", RawTensor.ofFloats(rows, RandomSubject.FEATURES, writes, width)),
          Map.of());
      try (RandomSubject broken = sound.reopened();
          PruningBatch batch = broken.batch(broken.pairs(9))) {
        refuses(() -> new Fap(Metric.LOGIT_DIFF, Linearity.LOCAL).score(batch));
        refuses(() -> batch.write(broken.manager, List.of(batch.all(0)), 9));
      }
    }
  }

  private static void refuses(Runnable work) {
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(work::run)
        .withMessageMatching(".*W_dec_1.*what feature \\d+ of layer 1 writes holds a NaN.*")
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.USER));
  }
}
