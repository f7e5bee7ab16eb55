package dev.piecrust.bench.demo;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Ops;
import java.util.ArrayList;
import java.util.List;

/**
 * The transcoder as it is trained: of all activations of a layer on a batch, the strongest {@code
 * active · N} remain (batch-top-k, Bussmann et al. 2024). {@code N} is the number of tokens.
 */
final class CltForward {
  private final CltWeights weights;
  private final int active;

  CltForward(CltWeights weights, int active) {
    this.weights = weights;
    this.active = active;
  }

  /**
   * One pass.
   *
   * @param inputs normalized {@code x[l] [N, d]}
   */
  Pass run(NDManager manager, List<NDArray> inputs) {
    List<NDArray> activations = new ArrayList<>();
    float[] thresholds = new float[inputs.size()];
    for (int l = 0; l < inputs.size(); l++) {
      NDArray z =
          Ops.linear(inputs.get(l), weights.encoders().get(l)) // [N, F]
              .add(weights.encoderBiases().get(l));
      thresholds[l] = threshold(z, active);
      NDArray level = manager.full(new Shape(1), thresholds[l], DataType.FLOAT32);
      activations.add(z.mul(z.gt(level).toType(DataType.FLOAT32, false)));
    }
    return new Pass(decode(activations), thresholds);
  }

  /** What each layer's MLP is said to write, {@code y[t] [N, d]}, from {@code a[l] [N, F]}. */
  private List<NDArray> decode(List<NDArray> activations) {
    int layers = weights.layers();
    long tokens = activations.get(0).getShape().get(0);
    List<NDArray> outputs = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      NDArray writes =
          activations.get(l).matMul(weights.decoders().get(l)).reshape(tokens, layers - l, -1);
      for (int t = l; t < layers; t++) {
        NDArray write = writes.get(":, {}", t - l); // [N, d]
        if (l == 0) {
          outputs.add(write.add(weights.decoderBiases().get(t)));
        } else {
          outputs.set(t, outputs.get(t).add(write));
        }
      }
    }
    return outputs;
  }

  /** Above this lie {@code active} activations a token; never below 0. */
  private static float threshold(NDArray z, int active) {
    long tokens = z.getShape().get(0);
    int kept = Math.toIntExact(Math.min(tokens * active, z.size() - 1));
    NDArray strongest = z.stopGradient().flatten().topK(kept + 1, 0, true, true).get(0);
    return Math.max(0, strongest.getFloat(kept));
  }

  /**
   * What came out.
   *
   * @param outputs {@code y[t] [N, d]}, normalized
   * @param thresholds of each layer on this batch
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Pass(List<NDArray> outputs, float[] thresholds) {}
}
