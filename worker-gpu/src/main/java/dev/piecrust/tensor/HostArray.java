package dev.piecrust.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Exchange of f32 numbers between Java and the engine, without a copy where the device allows. */
public final class HostArray {
  private HostArray() {}

  /**
   * The numbers of a contiguous array, of at most 2 GB, row-major. On the CPU it is the array's own
   * memory, valid while the array is open; else a copy.
   */
  public static FloatBuffer view(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** The numbers of any array as rows of a width that divides their number, a copy. */
  public static float[][] rows(NDArray array, int width) {
    FloatBuffer all = FloatBuffer.wrap(array.toFloatArray());
    float[][] rows = new float[all.remaining() / width][width];
    for (float[] row : rows) {
      all.get(row);
    }
    return rows;
  }

  /** Overwrites an array of at most 2 GB with the numbers of rows that lie one after the other. */
  public static void fill(NDArray array, float[][] rows) {
    if (array.getDevice().isGpu()) {
      FloatBuffer all = FloatBuffer.allocate((int) array.getShape().size());
      for (float[] row : rows) {
        all.put(row);
      }
      array.set(all.flip());
    } else {
      FloatBuffer all = view(array);
      for (float[] row : rows) {
        all.put(row);
      }
    }
  }

  /** An array of which nothing is known but its shape, to be filled. */
  public static NDArray empty(NDManager manager, Shape shape) {
    return manager.create(shape, DataType.FLOAT32);
  }
}
