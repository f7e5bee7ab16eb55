package dev.piecrust.prune;

import dev.piecrust.tensor.VectorMath;
import dev.piecrust.transcoder.DecoderReader;
import dev.piecrust.transcoder.Transcoder;
import org.jspecify.annotations.Nullable;

/** One thread's access to the decoder rows of all layers. */
final class Readers {
  private final Transcoder transcoder;
  private final @Nullable DecoderReader[] byLayer;
  private final float[][] block; // [L][d]
  final float[] row; // [d]
  final float[] sum; // [d]

  Readers(Transcoder transcoder) {
    this.transcoder = transcoder;
    this.byLayer = new DecoderReader[transcoder.layers()];
    this.block = new float[transcoder.layers()][transcoder.width()];
    this.row = new float[transcoder.width()];
    this.sum = new float[transcoder.width()];
  }

  /** Reads what a feature writes into layer {@code layer + write} to {@link #row}. */
  void read(int layer, int feature, int write) {
    reader(layer).read(feature, write, row);
  }

  /**
   * Reads all that a feature writes, which lies together in the file.
   *
   * @return [writes][d] and more, valid until the next call
   */
  float[][] readAll(int layer, int feature) {
    DecoderReader reader = reader(layer);
    for (int write = 0; write < transcoder.writes(layer); write++) {
      reader.read(feature, write, block[write]);
    }
    return block;
  }

  private DecoderReader reader(int layer) {
    DecoderReader reader = byLayer[layer];
    if (reader == null) {
      reader = transcoder.decoderReader(layer);
      byLayer[layer] = reader;
    }
    return reader;
  }

  /** Refuses a feature whose writes hold a NaN or an infinity. */
  void requireFinite(int layer, int feature) {
    for (int write = 0; write < transcoder.writes(layer); write++) {
      read(layer, feature, write);
      if (!VectorMath.finite(row)) {
        throw transcoder.notFinite(layer, feature);
      }
    }
  }
}
