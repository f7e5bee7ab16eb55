package dev.piecrust.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureWrites;
import dev.piecrust.feature.FeatureWrites.TokenLogit;
import dev.piecrust.model.Transformer;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.List;

/** Reads what features write from their decoder rows. */
public final class WrittenTokens {
  private static final int TOKENS = 10;

  private final Transformer model;
  private final Transcoder transcoder;

  /** Reads the transcoder's decoder in the terms of the model's vocabulary. */
  public WrittenTokens(Transformer model, Transcoder transcoder) {
    this.model = model;
    this.transcoder = transcoder;
  }

  /** What one feature writes. */
  public FeatureWrites of(NDManager manager, FeatureId feature) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray rows =
          transcoder.decoderRows(scope, feature.layer(), new int[] {feature.index()}); // [1, w, d]
      List<Double> norms = new ArrayList<>();
      for (float square : rows.square().sum(new int[] {2}).toFloatArray()) {
        norms.add(Math.sqrt(square));
      }
      NDArray together = rows.sum(new int[] {1}); // [1, d]
      NDArray logits = model.unembed(model.finalNorm(together)).flatten(); // [V]
      return new FeatureWrites(
          norms,
          strongest(logits),
          strongest(logits.neg()).stream().map(WrittenTokens::negated).toList());
    }
  }

  private List<TokenLogit> strongest(NDArray logits) {
    int k = Math.toIntExact(Math.min(TOKENS, logits.getShape().get(0)));
    NDList top = logits.topK(k, 0);
    float[] values = top.get(0).toFloatArray();
    long[] ids = top.get(1).toLongArray();
    List<TokenLogit> tokens = new ArrayList<>();
    for (int i = 0; i < k; i++) {
      tokens.add(new TokenLogit(model.tokenizer().token(Math.toIntExact(ids[i])), values[i]));
    }
    return tokens;
  }

  private static TokenLogit negated(TokenLogit token) {
    return new TokenLogit(token.token(), -token.logit());
  }
}
