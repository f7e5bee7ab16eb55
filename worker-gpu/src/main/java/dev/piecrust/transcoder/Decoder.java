package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.tensor.SafeTensors;
import java.util.stream.IntStream;

/**
 * The decoder of one layer, on disk.
 *
 * @param file the mapped file
 * @param name its tensor, [F, stored, d], or [F, d] where one layer is stored
 * @param stored layers that it has rows for: those that it writes to, after others
 * @param writes number of layers that it writes to
 * @param width {@code d}
 */
record Decoder(SafeTensors file, String name, int stored, int writes, int width) {
  /** Rows that are held at a time to take their norms. */
  private static final int NORMED = 1024;

  /** Rows of the features wanted, [n, writes, d]; a user error where one holds no number. */
  NDArray rows(NDManager target, int layer, int[] wanted) {
    NDArray all = file.rows(target, name, wanted).reshape(wanted.length, stored, width);
    NDArray rows = stored == writes ? all : all.get(new NDIndex(":,{}:", stored - writes));
    NDArray sums =
        rows.reshape(wanted.length, -1).sum(new int[] {1}); // a NaN or infinity survives a sum
    float[] values = sums.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw notFinite(layer, wanted[i]);
      }
    }
    return rows;
  }

  /** The norm of all that each feature writes, [F]; reads the whole decoder, a part at a time. */
  NDArray norms(NDManager target, int layer, int features) {
    NDArray norms = target.zeros(new Shape(features));
    for (int from = 0; from < features; from += NORMED) {
      int to = Math.min(features, from + NORMED);
      try (NDManager scope = target.newSubManager()) {
        NDArray rows = rows(scope, layer, IntStream.range(from, to).toArray()); // [n, writes, d]
        norms.set(
            new NDIndex("{}:{}", from, to),
            rows.reshape(to - from, -1).square().sum(new int[] {1}).sqrt());
      }
    }
    return norms;
  }

  /** The complaint about a row. */
  PieCrustException notFinite(int layer, int feature) {
    return user(
        "%s: what feature %d of layer %d writes holds a NaN or an infinity, expected numbers",
        file.fileOf(name), feature, layer);
  }

  DecoderReader reader() {
    return new DecoderReader(file.reader(name, width), stored, stored - writes, width);
  }
}
