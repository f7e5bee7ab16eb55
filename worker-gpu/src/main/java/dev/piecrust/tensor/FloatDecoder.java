package dev.piecrust.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * Turns the floating-point elements of a mapped file into f32, a small block at a time. It holds
 * the block's memory, so it belongs to one thread.
 */
final class FloatDecoder {
  /** Elements of a block where many are read in a row. */
  static final int BLOCK = 16 * 1024;

  private final MappedFile file;
  private final DType dtype;
  private final byte[] scratch;
  private final ByteBuffer bytes;
  private final int size;

  /**
   * @param size elements of a block: {@link #BLOCK}, or fewer where no more are read at a time
   */
  FloatDecoder(MappedFile file, DType dtype, int size) {
    this.file = file;
    this.dtype = dtype;
    this.size = size;
    this.scratch = new byte[size * dtype.bytes()];
    this.bytes = ByteBuffer.wrap(scratch).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Appends {@code count} elements that start at file offset {@code offset}. */
  void decode(long offset, int count, FloatBuffer target) {
    float[] block = new float[Math.min(size, count)];
    for (int done = 0; done < count; done += size) {
      int n = Math.min(size, count - done);
      file.copy(offset + (long) done * dtype.bytes(), scratch, n * dtype.bytes());
      decodeBlock(block, 0, n);
      target.put(block, 0, n);
    }
  }

  /** The elements that start at file offset {@code offset}, as many as {@code target} holds. */
  void decode(long offset, float[] target) {
    for (int done = 0; done < target.length; done += size) {
      int n = Math.min(size, target.length - done);
      file.copy(offset + (long) done * dtype.bytes(), scratch, n * dtype.bytes());
      decodeBlock(target, done, n);
    }
  }

  private void decodeBlock(float[] target, int at, int n) {
    switch (dtype) {
      case F32 -> bytes.asFloatBuffer().get(target, at, n);
      case BF16 -> {
        ShortBuffer shorts = bytes.asShortBuffer();
        for (int i = 0; i < n; i++) {
          target[at + i] = Float.intBitsToFloat(shorts.get(i) << 16);
        }
      }
      case F16 -> {
        ShortBuffer shorts = bytes.asShortBuffer();
        for (int i = 0; i < n; i++) {
          target[at + i] = halfToFloat(shorts.get(i));
        }
      }
      case F64 -> {
        DoubleBuffer doubles = bytes.asDoubleBuffer();
        for (int i = 0; i < n; i++) {
          target[at + i] = (float) doubles.get(i);
        }
      }
      default -> throw new IllegalStateException(dtype + " is not a floating-point type");
    }
  }

  /** IEEE 754 half precision: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
  }
}
