package dev.piecrust.model.decoder;

import ai.djl.ndarray.types.Shape;
import com.google.errorprone.annotations.Immutable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Hugging Face names of a family's tensors, which differ in the norms alone.
 *
 * @param attentionNorm before attention
 * @param attentionPostNorm after attention, if the family has it
 * @param mlpNorm before the MLP
 * @param mlpPostNorm after the MLP, if the family has it
 */
@Immutable
public record TensorNames(
    String attentionNorm,
    Optional<String> attentionPostNorm,
    String mlpNorm,
    Optional<String> mlpPostNorm) {
  /** Of attention's output, a matrix that writes into the residual stream. */
  public static final String OUTPUT = "self_attn.o_proj";

  /** Of the MLP's output, a matrix that writes into the residual stream. */
  public static final String DOWN = "mlp.down_proj";

  static final String EMBED = "model.embed_tokens.weight";
  static final String NORM = "model.norm.weight";
  static final String UNEMBED = "lm_head.weight";
  static final String QUERY = "self_attn.q_proj";
  static final String KEY = "self_attn.k_proj";
  static final String VALUE = "self_attn.v_proj";
  static final String GATE = "mlp.gate_proj";
  static final String UP = "mlp.up_proj";

  static String inLayer(int layer, String part) {
    return "model.layers." + layer + "." + part + ".weight";
  }

  /** Every tensor that a checkpoint must hold, in the order of the computation. */
  public Map<String, Shape> shapes(DecoderShape c) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(EMBED, new Shape(c.vocabulary(), c.width()));
    for (int l = 0; l < c.layers(); l++) {
      int layer = l;
      inLayer(c).forEach((part, shape) -> shapes.put(inLayer(layer, part), shape));
    }
    shapes.put(NORM, new Shape(c.width()));
    if (!c.tied()) {
      shapes.put(UNEMBED, new Shape(c.vocabulary(), c.width()));
    }
    return shapes;
  }

  private Map<String, Shape> inLayer(DecoderShape c) {
    long d = c.width();
    long queries = (long) c.heads() * c.headSize();
    long keys = (long) c.keyValueHeads() * c.headSize();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(attentionNorm, new Shape(d));
    shapes.put(QUERY, new Shape(queries, d));
    shapes.put(KEY, new Shape(keys, d));
    shapes.put(VALUE, new Shape(keys, d));
    shapes.put(OUTPUT, new Shape(d, queries));
    attentionPostNorm.ifPresent(name -> shapes.put(name, new Shape(d)));
    shapes.put(mlpNorm, new Shape(d));
    shapes.put(GATE, new Shape(c.innerWidth(), d));
    shapes.put(UP, new Shape(c.innerWidth(), d));
    shapes.put(DOWN, new Shape(d, c.innerWidth()));
    mlpPostNorm.ifPresent(name -> shapes.put(name, new Shape(d)));
    return shapes;
  }
}
