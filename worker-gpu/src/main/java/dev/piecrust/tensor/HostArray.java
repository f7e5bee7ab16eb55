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

  /** Overwrites an array of at most 2 GB. */
  public static void fill(NDArray array, float[] values) {
    if (array.getDevice().isGpu()) {
      array.set(FloatBuffer.wrap(values));
    } else {
      view(array).put(values);
    }
  }

  /** An array of which nothing is known but its shape, to be filled. */
  public static NDArray empty(NDManager manager, Shape shape) {
    return manager.create(shape, DataType.FLOAT32);
  }
}
