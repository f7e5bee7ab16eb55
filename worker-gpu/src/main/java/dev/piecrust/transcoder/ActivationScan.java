package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.tensor.HostArray;
import dev.piecrust.tensor.Parallel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the few active features among many: pre-activations are compared with their bounds where
 * they lie, in one pass that makes no array of its own.
 */
final class ActivationScan {
  /** Pre-activations held at a time, in numbers: 256 MiB. */
  static final long HELD = 1L << 26;

  private final List<EncoderLayer> encoders;
  private final int[] first;
  private final int[] length;
  private final List<ActivationCollector> collectors;

  /**
   * @param first per prompt, the first position that counts
   * @param length per prompt, its number of tokens
   */
  ActivationScan(List<EncoderLayer> encoders, int[] first, int[] length) {
    this.encoders = encoders;
    this.first = first;
    this.length = length;
    this.collectors =
        IntStream.range(0, first.length).mapToObj(b -> new ActivationCollector()).toList();
  }

  /**
   * Adds a layer. Layers come in order.
   *
   * @param x what its encoder reads, [B·T, d]
   * @param positions {@code T}
   * @param least what features must rank at least by {@link JointTopK}, [B·T, 1]
   */
  void add(int layer, NDArray x, int positions, Optional<NDArray> least) {
    EncoderLayer encoder = encoders.get(layer);
    float[] bounds = encoder.bounds();
    long rows = x.getShape().get(0);
    long step = step(encoder);
    for (long from = 0; from < rows; from += step) {
      try (NDManager part = x.getManager().newSubManager()) {
        NDIndex those = JointTopK.part(from, rows, step);
        Optional<NDArray> bound = least.map(all -> all.get(part, those));
        FloatBuffer z = HostArray.view(encoder.candidates(x.get(part, those), bound)); // [≤step, F]
        scan(layer, bounds, z, (int) from, positions);
      }
    }
  }

  /** How many rows are encoded at a time. */
  static long step(EncoderLayer encoder) {
    return Math.max(1, HELD / encoder.features());
  }

  private void scan(int layer, float[] bounds, FloatBuffer z, int from, int positions) {
    int rows = z.remaining() / bounds.length;
    List<RowHits> hits = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      hits.add(new RowHits());
    }
    Parallel.run(
        rows,
        () -> new float[bounds.length],
        (row, r) -> {
          if (counts(from + r, positions)) {
            z.get(r * bounds.length, row);
            hits.get(r).find(row, bounds);
          }
        });
    for (int r = 0; r < rows; r++) {
      int prompt = (from + r) / positions;
      hits.get(r).moveTo(collectors.get(prompt), layer, (from + r) % positions);
    }
  }

  private boolean counts(int row, int positions) {
    int prompt = row / positions;
    int position = row % positions;
    return position >= first[prompt] && position < length[prompt];
  }

  /** The activations of each prompt. */
  List<SparseActivations> finish() {
    return collectors.stream().map(ActivationCollector::finish).toList();
  }
}
