package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.List;
import java.util.Optional;

/**
 * The encoders of all layers.
 *
 * @param joint where features of all layers together decide which are active
 * @param hook where they read
 */
record Encoders(List<EncoderLayer> layers, Optional<JointTopK> joint, InputHook hook) {
  Encoders {
    layers = List.copyOf(layers);
  }

  EncoderLayer get(int layer) {
    return layers.get(layer);
  }

  /** {@code L}. */
  int size() {
    return layers.size();
  }

  /** {@code F}. */
  int features() {
    return layers.get(0).features();
  }

  /** What the encoder of a layer reads at all positions, [B·T, d]. */
  NDArray input(NDManager scope, Transformer model, Trace trace, int layer) {
    NDArray residMid = trace.residMid().get(layer); // [B, T, d]
    long[] shape = residMid.getShape().getShape();
    NDArray rows = residMid.reshape(shape[0] * shape[1], shape[2]);
    rows.attach(scope);
    return model.encoderInput(layer, rows, hook);
  }

  /**
   * What features must rank at least where those of all layers decide, [rows, 1].
   *
   * @param rows {@code B·T}
   * @param step rows that are encoded at a time, as where they are compared
   */
  Optional<NDArray> least(NDManager target, Transformer model, Trace trace, long rows, long step) {
    return joint.map(
        topK ->
            topK.least(target, layers, rows, step, (scope, l) -> input(scope, model, trace, l)));
  }
}
