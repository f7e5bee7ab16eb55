package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.tensor.SafeTensors;
import java.util.ArrayList;
import java.util.List;

/**
 * A cross-layer transcoder (METHOD.md §3): encoders in memory, decoders on disk, read row by row.
 *
 * <p>Shape letters: {@code L} layers, {@code d} residual width, {@code F} features per layer,
 * {@code R} rows.
 */
public final class Transcoder implements AutoCloseable {
  private final NDManager manager;
  private final List<EncoderLayer> encoders;
  private final List<SafeTensors> decoders;
  private final String fingerprint;
  private final int width;
  private final int features;

  Transcoder(
      NDManager manager,
      List<EncoderLayer> encoders,
      List<SafeTensors> decoders,
      String fingerprint) {
    this.manager = manager;
    this.encoders = List.copyOf(encoders);
    this.decoders = List.copyOf(decoders);
    this.fingerprint = fingerprint;
    this.features = Math.toIntExact(encoders.get(0).weight().getShape().get(0));
    this.width = Math.toIntExact(encoders.get(0).weight().getShape().get(1));
  }

  /** {@code L}. */
  public int layers() {
    return encoders.size();
  }

  /** {@code d}. */
  public int width() {
    return width;
  }

  /** {@code F}. */
  public int features() {
    return features;
  }

  /** SHA-256 over what identifies the weights, hexadecimal. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Activations [R, F] of one layer for residual streams {@code x} [R, d] at {@code resid_mid}. */
  public NDArray encode(int layer, NDArray x) {
    return encoders.get(layer).encode(x);
  }

  /**
   * Decoder rows of one layer: [n, L−layer, d]; entry {@code [i, t−layer]} is what feature {@code
   * features[i]} writes into layer {@code t}. Only these rows are read from disk.
   */
  public NDArray decoderRows(NDManager target, int layer, int[] wanted) {
    NDArray rows = decoders.get(layer).rows(target, "W_dec_" + layer, wanted);
    NDArray sums =
        rows.reshape(wanted.length, -1).sum(new int[] {1}); // a NaN or infinity survives a sum
    float[] values = sums.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw user(
            "W_dec_%d: row %d holds a NaN or an infinity, expected numbers", layer, wanted[i]);
      }
    }
    return rows;
  }

  /**
   * The sparse activations of a batch of prompts.
   *
   * @param residMid per layer [B, T, d], padded at the right
   * @param first per prompt, the first position that is not a leading special token
   * @param length per prompt, its number of tokens
   */
  public List<SparseActivations> activations(List<NDArray> residMid, int[] first, int[] length) {
    List<ActivationCollector> collectors = new ArrayList<>();
    for (int b = 0; b < first.length; b++) {
      collectors.add(new ActivationCollector());
    }
    for (int layer = 0; layer < layers(); layer++) {
      long positions = residMid.get(layer).getShape().get(1);
      try (NDManager scope = residMid.get(layer).getManager().newSubManager()) {
        NDArray x = residMid.get(layer).reshape(-1, width); // [B·T, d]
        x.attach(scope); // so that all that is made from it goes with the scope
        collect(layer, encode(layer, x), positions, first, length, collectors);
      }
    }
    return collectors.stream().map(ActivationCollector::finish).toList();
  }

  private static void collect(
      int layer,
      NDArray active, // [B·T, F]
      long positions,
      int[] first,
      int[] length,
      List<ActivationCollector> collectors) {
    NDArray where = active.neq(active.getManager().zeros(active.getShape().slice(1)));
    long[] index = where.nonzero().toLongArray(); // [n, 2], row by row
    float[] value = active.booleanMask(where).toFloatArray();
    for (int i = 0; i < value.length; i++) {
      int prompt = (int) (index[2 * i] / positions);
      int position = (int) (index[2 * i] % positions);
      if (position >= first[prompt] && position < length[prompt]) {
        collectors.get(prompt).add(layer, position, (int) index[2 * i + 1], value[i]);
      }
    }
  }

  @Override
  public void close() {
    decoders.forEach(SafeTensors::close);
    manager.close();
  }
}
