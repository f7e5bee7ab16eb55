package dev.piecrust.transcoder;

import java.nio.file.Path;

/**
 * Where the tensors of one layer's transcoder lie (docs/method.md §3).
 *
 * @param encoderFile holds the encoder and its bias
 * @param decoderFile holds the decoder; may be the same file
 * @param layout of the tensors
 * @param writes number of layers that the decoder writes to, from its own on
 * @param stored number of layers that the decoder has rows for, the last of which is the last that
 *     it writes to; 0 where it is [F, d], for its own layer alone
 */
record LayerFiles(Path encoderFile, Path decoderFile, TensorLayout layout, int writes, int stored) {
  /** One file that writes to its own layer. */
  static LayerFiles perLayer(Path file, TensorLayout layout) {
    return new LayerFiles(file, file, layout, 1, 0);
  }

  /** The shape that the decoder must have. */
  long[] decoderShape(long features, long width) {
    return stored == 0 ? new long[] {features, width} : new long[] {features, stored, width};
  }
}
