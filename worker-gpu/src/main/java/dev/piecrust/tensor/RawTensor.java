package dev.piecrust.tensor;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A tensor ready to be written: its type, its shape and its little-endian bytes.
 *
 * @param dtype element type on disk
 * @param dimensions shape, outermost first
 * @param bytes row-major elements, exactly as many as the shape has
 */
public record RawTensor(DType dtype, List<Long> dimensions, ByteBuffer bytes) {
  public RawTensor {
    requireNonNull(dtype, "dtype");
    dimensions = List.copyOf(dimensions);
    bytes = bytes.asReadOnlyBuffer();
    long elements = dimensions.stream().reduce(1L, Math::multiplyExact);
    if (elements * dtype.bytes() != bytes.remaining()) {
      throw new IllegalArgumentException(
          bytes.remaining() + " bytes do not make " + dtype + " of shape " + dimensions);
    }
  }

  /** An {@code F32} vector. */
  public static RawTensor ofFloats(float[] values) {
    return ofFloats(values, values.length);
  }

  /** {@code F32} of the given shape, which may be empty: a scalar. */
  public static RawTensor ofFloats(float[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, 4);
    bytes.asFloatBuffer().put(values);
    return new RawTensor(DType.F32, Arrays.stream(shape).boxed().toList(), bytes);
  }

  /** An {@code I32} vector. */
  public static RawTensor ofInts(int[] values) {
    return ofInts(values, values.length);
  }

  /** {@code I32} of the given shape, which may be empty: a scalar. */
  public static RawTensor ofInts(int[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, 4);
    bytes.asIntBuffer().put(values);
    return new RawTensor(DType.I32, Arrays.stream(shape).boxed().toList(), bytes);
  }

  /** An {@code I64} vector. */
  public static RawTensor ofLongs(long[] values) {
    return ofLongs(values, values.length);
  }

  /** {@code I64} of the given shape, which may be empty: a scalar. */
  public static RawTensor ofLongs(long[] values, long... shape) {
    ByteBuffer bytes = allocate(values.length, 8);
    bytes.asLongBuffer().put(values);
    return new RawTensor(DType.I64, Arrays.stream(shape).boxed().toList(), bytes);
  }

  /** {@code F32} of an engine array of any floating-point type. */
  public static RawTensor of(NDArray array) {
    long[] shape = array.getShape().getShape();
    if (array.getDataType() == DataType.FLOAT32) {
      return ofFloats(array.toFloatArray(), shape);
    }
    try (NDArray f32 = array.toType(DataType.FLOAT32, true)) {
      return ofFloats(f32.toFloatArray(), shape);
    }
  }

  private static ByteBuffer allocate(int count, int size) {
    return ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
