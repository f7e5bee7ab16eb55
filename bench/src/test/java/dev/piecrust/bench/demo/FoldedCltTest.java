package dev.piecrust.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldedCltTest {
  private static final int LAYERS = 3;
  private static final int WIDTH = 8;
  private static final int FEATURES = 32;
  private static final int TOKENS = 20;

  private final Random random = new Random(4);

  @Test
  void whatShipsSaysInTheModelsUnitsWhatTrainingSaidInItsOwn(@TempDir Path folder)
      throws IOException {
    try (NDManager manager = TensorRuntime.start().newManager()) {
      List<NDArray> read = streams(manager, 3);
      List<Scales> reads = read.stream().map(Scales::of).toList();
      List<Scales> writes = streams(manager, 5).stream().map(Scales::of).toList();
      CltWeights weights = CltWeights.draw(manager, LAYERS, WIDTH, FEATURES, 1);
      weights.encoderBiases().forEach(bias -> bias.addi(0.1f));
      weights.decoderBiases().forEach(bias -> bias.addi(0.2f));
      List<NDArray> inputs =
          IntStream.range(0, LAYERS).mapToObj(l -> reads.get(l).normalize(read.get(l))).toList();
      CltForward.Pass pass = new CltForward(weights, 4).run(manager, inputs);

      float[] thresholds = pass.thresholds();
      for (int l = 0; l < LAYERS; l++) {
        thresholds[l] *= 1.0001f; // a threshold is an activation that is not kept: rounding decides
      }

      FoldedClt.of(weights, reads, writes, thresholds).write(folder, "tiny");

      List<NDArray> said = said(manager, folder, read);
      for (int t = 0; t < LAYERS; t++) {
        Scales scale = writes.get(t);
        NDArray expected = pass.outputs().get(t).mul(scale.spread()).add(scale.mean());
        assertThat(said.get(t).sub(expected).abs().max().getFloat()).isCloseTo(0, within(1e-3f));
      }
    }
  }

  @Test
  void keepsTheStrongestActivationsOfABatch() {
    try (NDManager manager = TensorRuntime.start().newManager()) {
      CltWeights weights = CltWeights.draw(manager, 1, WIDTH, FEATURES, 2);
      NDArray input = streams(manager, 0).get(0);
      float threshold = new CltForward(weights, 4).run(manager, List.of(input)).thresholds()[0];

      NDArray z = input.matMul(weights.encoders().get(0).transpose());
      int above = 0;
      for (float value : z.toFloatArray()) {
        above += value > threshold ? 1 : 0;
      }
      assertThat(above).isEqualTo(4 * TOKENS);
    }
  }

  /** {@code y[t]} by the formula of docs/method.md §1, from the folder. */
  private static List<NDArray> said(NDManager manager, Path folder, List<NDArray> read) {
    int[] all = IntStream.range(0, FEATURES).toArray();
    try (Transcoder transcoder = Transcoders.load(folder, manager, LAYERS, WIDTH)) {
      return IntStream.range(0, LAYERS)
          .mapToObj(
              t -> {
                NDArray sum = bias(manager, folder, t);
                for (int l = 0; l <= t; l++) {
                  NDArray rows = transcoder.decoderRows(manager, l, all);
                  NDArray active = transcoder.encode(l, read.get(l));
                  sum = sum.add(active.matMul(rows.get(":, {}", t - l)));
                }
                return sum;
              })
          .toList();
    }
  }

  private static NDArray bias(NDManager manager, Path folder, int layer) {
    try (SafeTensors file = SafeTensors.open(folder.resolve("W_enc_" + layer + ".safetensors"))) {
      return file.read(manager, "b_dec_" + layer);
    }
  }

  private List<NDArray> streams(NDManager manager, double mean) {
    return IntStream.range(0, LAYERS)
        .mapToObj(
            l -> {
              float[] values = new float[TOKENS * WIDTH];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (mean + (l + 1) * random.nextGaussian());
              }
              return manager.create(values, new Shape(TOKENS, WIDTH));
            })
        .toList();
  }
}
