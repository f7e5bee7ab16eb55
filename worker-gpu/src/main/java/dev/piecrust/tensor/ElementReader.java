package dev.piecrust.tensor;

/**
 * Reads runs of one stored tensor's elements as f32, without loading the rest. It holds a little
 * memory to work in, so each thread needs one of its own.
 */
public final class ElementReader {
  private final StoredTensor tensor;
  private final FloatDecoder decoder;

  ElementReader(StoredTensor tensor, int length) {
    this.tensor = tensor;
    this.decoder = tensor.decoder(Math.min(length, FloatDecoder.BLOCK));
  }

  /** Fills {@code target} with the elements from {@code first} on, counted row-major. */
  public void read(long first, float[] target) {
    TensorInfo info = tensor.info();
    if (first < 0 || first + target.length > info.elements()) {
      throw new IndexOutOfBoundsException(
          "elements " + first + " to " + (first + target.length) + " of " + info);
    }
    decoder.decode(tensor.offset() + first * info.dtype().bytes(), target);
  }
}
