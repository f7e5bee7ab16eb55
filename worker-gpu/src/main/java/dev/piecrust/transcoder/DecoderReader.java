package dev.piecrust.transcoder;

import dev.piecrust.tensor.ElementReader;

/** Reads single decoder rows of one layer from the mapped file; each thread needs its own. */
public final class DecoderReader {
  private final ElementReader elements;
  private final int stored;
  private final int first;
  private final int width;

  DecoderReader(ElementReader elements, int stored, int first, int width) {
    this.elements = elements;
    this.stored = stored;
    this.first = first;
    this.width = width;
  }

  /**
   * What one unit of a feature writes into one layer.
   *
   * @param write that layer, counted from the feature's own
   * @param row [d], overwritten
   */
  public void read(int feature, int write, float[] row) {
    elements.read(((long) feature * stored + first + write) * width, row);
  }
}
