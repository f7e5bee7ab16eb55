package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Function;

/**
 * The rows {@code W_enc} [F, d] of a layer's encoder, in memory or on disk.
 *
 * @param features {@code F}
 * @param width {@code d}
 * @param reader gives the array; one that it reads belongs to the manager
 */
record EncoderRows(int features, int width, Function<NDManager, NDArray> reader) {
  /** Rows in memory. */
  static EncoderRows of(NDArray array) {
    return new EncoderRows(
        Math.toIntExact(array.getShape().get(0)),
        Math.toIntExact(array.getShape().get(1)),
        scope -> array);
  }

  /** The array; read into {@code scope} where it is on disk. */
  NDArray in(NDManager scope) {
    return reader.apply(scope);
  }
}
