package dev.piecrust.tensor;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What a file's header says of one tensor.
 *
 * @param name the tensor's name
 * @param dtype the type of its elements on disk
 * @param dimensions its shape, outermost first; empty for a scalar
 * @param begin first byte, counted from the start of the file's data section
 * @param end one past the last byte, counted alike
 */
public record TensorInfo(String name, DType dtype, List<Long> dimensions, long begin, long end) {
  public TensorInfo {
    dimensions = List.copyOf(dimensions);
  }

  /** The shape as a fresh array. */
  public long[] shape() {
    return dimensions.stream().mapToLong(Long::longValue).toArray();
  }

  /** The shape as the engine's type. */
  public Shape toShape() {
    return new Shape(shape());
  }

  /** Number of elements. */
  public long elements() {
    return (end - begin) / dtype.bytes();
  }

  /** Elements of one step along axis 0: a row, or a whole {@code [L-l, d]} block. */
  public long rowElements() {
    return dimensions.stream().skip(1).reduce(1L, (a, b) -> a * b);
  }
}
