package dev.piecrust.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Fills an engine array from decoded blocks through one bounded buffer, so that the Java side never
 * holds a tensor whole, whatever its size and device.
 */
final class FloatSink implements AutoCloseable {
  private static final int CAPACITY = 4 << 20;

  private final NDManager manager;
  private final NDArray array;
  private final NDArray flat;
  private final ByteBuffer bytes;
  private final FloatBuffer buffer;
  private long written;

  FloatSink(NDManager parent, Shape shape) {
    this.manager = parent.newSubManager();
    this.array = parent.create(shape, DataType.FLOAT32);
    this.flat = array.reshape(shape.size());
    flat.attach(manager);
    int capacity = (int) Math.min(CAPACITY, Math.max(1, shape.size()));
    this.bytes = ByteBuffer.allocateDirect(capacity * 4).order(ByteOrder.nativeOrder());
    this.buffer = bytes.asFloatBuffer();
  }

  /** Appends {@code count} elements that start at file offset {@code offset}. */
  void put(FloatDecoder decoder, long offset, long count, DType dtype) {
    long done = 0;
    while (done < count) {
      int n = (int) Math.min(count - done, buffer.remaining());
      decoder.decode(offset + done * dtype.bytes(), n, buffer);
      done += n;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  /** The array, once everything is in it. */
  NDArray finish() {
    flush();
    return array;
  }

  private void flush() {
    int n = buffer.position();
    if (n > 0) {
      ByteBuffer part = bytes.slice(0, n * 4).order(ByteOrder.nativeOrder());
      try (NDArray block = manager.create(part, new Shape(n), DataType.FLOAT32)) {
        flat.set(new NDIndex("{}:{}", written, written + n), block);
      }
      written += n;
      buffer.clear();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
