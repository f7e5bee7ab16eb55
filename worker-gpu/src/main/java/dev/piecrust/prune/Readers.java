package dev.piecrust.prune;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.tensor.VectorMath;
import dev.piecrust.transcoder.DecoderReader;
import dev.piecrust.transcoder.Transcoder;
import org.jspecify.annotations.Nullable;

/** One thread's access to the decoder rows of all layers. */
final class Readers {
  private final Transcoder transcoder;
  private final @Nullable DecoderReader[] byLayer;
  final VectorMath math;
  final float[] row; // [d]

  Readers(Transcoder transcoder) {
    this.transcoder = transcoder;
    this.byLayer = new DecoderReader[transcoder.layers()];
    this.math = new VectorMath(transcoder.width());
    this.row = new float[transcoder.width()];
  }

  /** Reads what a feature writes into layer {@code layer + write} to {@link #row}. */
  void read(int layer, int feature, int write) {
    DecoderReader reader = byLayer[layer];
    if (reader == null) {
      reader = transcoder.decoderReader(layer);
      byLayer[layer] = reader;
    }
    reader.read(feature, write, row);
  }

  /** Refuses a feature whose writes hold a NaN or an infinity. */
  void requireFinite(int layer, int feature) {
    for (int write = 0; write < transcoder.writes(layer); write++) {
      read(layer, feature, write);
      if (!VectorMath.finite(row)) {
        throw PieCrustException.user(
            "the transcoder's decoder of layer %d: row %d holds a NaN or an infinity, expected"
                + " numbers",
            layer, feature);
      }
    }
  }
}
