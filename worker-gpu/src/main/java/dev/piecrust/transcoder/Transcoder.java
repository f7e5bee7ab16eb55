package dev.piecrust.transcoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Skip;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.List;
import java.util.Optional;

/**
 * A cross-layer transcoder, or a set of per-layer ones (docs/method.md §3): encoders in memory,
 * decoders on disk, read row by row.
 *
 * <p>Shape letters: {@code L} layers, {@code d} residual width, {@code F} features per layer,
 * {@code R} rows.
 */
public final class Transcoder implements AutoCloseable {
  private final NDManager manager;
  private final Encoders encoders;
  private final List<Decoder> decoders;
  private final Skip skip;
  private final String fingerprint;
  private final ExpectedFit expected;
  private final int width;

  Transcoder(
      NDManager manager,
      Optional<JointTopK> joint,
      List<EncoderLayer> encoders,
      List<Decoder> decoders,
      Skip skip,
      String fingerprint,
      ExpectedFit expected) {
    this.manager = manager;
    this.encoders = new Encoders(encoders, joint, skip.hook());
    this.decoders = List.copyOf(decoders);
    this.skip = skip;
    this.fingerprint = fingerprint;
    this.expected = expected;
    this.width = encoders.get(0).rows().width();
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
    return encoders.features();
  }

  /**
   * How many layers the features of {@code layer} write to, from their own on: {@code L−layer} of a
   * cross-layer transcoder, 1 of a set of per-layer ones.
   */
  public int writes(int layer) {
    return decoders.get(layer).writes();
  }

  /** SHA-256 over what identifies the weights, hexadecimal. */
  public String fingerprint() {
    return fingerprint;
  }

  /** What its configuration says a self-test finds. */
  public ExpectedFit expected() {
    return expected;
  }

  /** Where its encoders read. */
  public InputHook hook() {
    return encoders.hook();
  }

  /** The linear part of each layer, which is no feature's. */
  public Skip skip() {
    return skip;
  }

  /**
   * Activations [R, F] of one layer for what its encoder reads, {@code x} [R, d]; not by TopK over
   * all layers, where no layer's are its own.
   */
  public NDArray encode(int layer, NDArray x) {
    if (encoders.joint().isPresent()) {
      throw new IllegalStateException("by TopK over all layers, a layer's features depend on all");
    }
    return encoders.get(layer).encode(x);
  }

  /** The encoders of some features alone, in arrays that belong to {@code target}. */
  public FeatureEncoder encoderOf(NDManager target, List<FeatureId> wanted) {
    return FeatureEncoder.of(target, encoders, wanted);
  }

  /**
   * Decoder rows of one layer: [n, writes, d]; entry {@code [i, t−layer]} is what feature {@code
   * features[i]} writes into layer {@code t}. Only these rows are read from disk; one that holds a
   * NaN or an infinity is a user error.
   */
  public NDArray decoderRows(NDManager target, int layer, int[] wanted) {
    return decoders.get(layer).rows(target, layer, wanted);
  }

  /** Reads single decoder rows of one layer, unchecked; for one thread. */
  public DecoderReader decoderReader(int layer) {
    return decoders.get(layer).reader();
  }

  /** The complaint about a decoder row of {@link #decoderReader} that holds no numbers. */
  public PieCrustException notFinite(int layer, int feature) {
    return decoders.get(layer).notFinite(layer, feature);
  }

  /**
   * The sparse activations of a batch of prompts.
   *
   * @param trace of the prompts, padded at the right
   * @param first per prompt, the first position that is not a leading special token
   * @param length per prompt, its number of tokens
   */
  public List<SparseActivations> activations(
      Transformer model, Trace trace, int[] first, int[] length) {
    ActivationScan scan = new ActivationScan(encoders.layers(), first, length);
    NDArray some = trace.residMid().get(0); // [B, T, d]
    int positions = Math.toIntExact(some.getShape().get(1));
    try (NDManager batch = some.getManager().newSubManager()) {
      long rows = (long) first.length * positions;
      long step = ActivationScan.step(encoders.get(0));
      Optional<NDArray> least = encoders.least(batch, model, trace, rows, step);
      for (int layer = 0; layer < layers(); layer++) {
        try (NDManager scope = batch.newSubManager()) {
          scan.add(layer, encoders.input(scope, model, trace, layer), positions, least);
        }
      }
    }
    return scan.finish();
  }

  /** Bytes that {@link #activations} holds at its peak for {@code rows} tokens. */
  public static long activationBytes(long rows, int features) {
    return 4 * Math.min(rows * features, ActivationScan.HELD);
  }

  @Override
  public void close() {
    decoders.forEach(decoder -> decoder.file().close());
    manager.close();
  }
}
