package dev.piecrust.transcoder;

import dev.piecrust.tensor.SafeTensors;
import java.nio.file.Path;

/**
 * What a layer's tensors are called, and how they lie (docs/method.md §3).
 *
 * @param encoder name of {@code W_enc}
 * @param bias name of {@code b_enc} [F], which need not be there
 * @param threshold name of the JumpReLU thresholds [F], which need not be there
 * @param decoder name of {@code W_dec}
 * @param skip name of the linear part, which need not be there
 * @param transposed whether the encoder is [d, F], else [F, d]
 * @param skipTransposed whether the linear part is [in, out], else [out, in]
 */
record TensorLayout(
    String encoder,
    String bias,
    String threshold,
    String decoder,
    String skip,
    boolean transposed,
    boolean skipTransposed) {
  /** Of circuit-tracer's sets of per-layer transcoders. */
  static final TensorLayout PER_LAYER =
      new TensorLayout(
          "W_enc", "b_enc", "activation_function.threshold", "W_dec", "W_skip", false, false);

  /** Of Gemma Scope's first release. */
  static final TensorLayout GEMMA_SCOPE_1 =
      new TensorLayout("W_enc", "b_enc", "threshold", "W_dec", "W_skip", true, true);

  /** Of its second, per-layer and cross-layer. */
  static final TensorLayout GEMMA_SCOPE_2 =
      new TensorLayout(
          "w_enc", "b_enc", "threshold", "w_dec", "affine_skip_connection", true, true);

  /** Of SAELens. */
  static final TensorLayout SAE_LENS =
      new TensorLayout("W_enc", "b_enc", "threshold", "W_dec", "W_skip", true, false);

  /** Of sparsify. */
  static final TensorLayout SPARSIFY =
      new TensorLayout(
          "encoder.weight", "encoder.bias", "threshold", "W_dec", "W_skip", false, false);

  /** Of a file of one layer, by its kind and what is in it. */
  static TensorLayout perLayer(Path file) {
    if (file.toString().endsWith(".npz")) {
      return GEMMA_SCOPE_1;
    }
    try (SafeTensors tensors = SafeTensors.open(file)) {
      return tensors.contains(GEMMA_SCOPE_2.encoder()) ? GEMMA_SCOPE_2 : PER_LAYER;
    }
  }

  /** Of layer {@code l} of circuit-tracer's cross-layer transcoders. */
  static TensorLayout crossLayer(int l) {
    return new TensorLayout(
        "W_enc_" + l, "b_enc_" + l, "threshold_" + l, "W_dec_" + l, "W_skip_" + l, false, false);
  }
}
