package dev.piecrust.model.decoder;

import ai.djl.ndarray.types.Shape;
import com.google.errorprone.annotations.Immutable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The Hugging Face names of a family's tensors.
 *
 * @param attentionNorm before attention
 * @param attentionPostNorm after attention, if the family has it
 * @param mlpNorm before the MLP
 * @param mlpPostNorm after the MLP, if the family has it
 * @param biases whether queries, keys and values have one
 * @param headNorms whether queries and keys are normed head by head
 */
@Immutable
public record TensorNames(
    String attentionNorm,
    Optional<String> attentionPostNorm,
    String mlpNorm,
    Optional<String> mlpPostNorm,
    boolean biases,
    boolean headNorms) {
  /** Norms before attention and MLP. */
  public static final TensorNames PRE_NORM =
      new TensorNames(
          "input_layernorm",
          Optional.empty(),
          "post_attention_layernorm",
          Optional.empty(),
          false,
          false);

  /** Norms before and after both. */
  public static final TensorNames SANDWICH_NORM =
      new TensorNames(
          "input_layernorm",
          Optional.of("post_attention_layernorm"),
          "pre_feedforward_layernorm",
          Optional.of("post_feedforward_layernorm"),
          false,
          false);

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
  static final String QUERY_NORM = "self_attn.q_norm";
  static final String KEY_NORM = "self_attn.k_norm";

  /** The same with biases of queries, keys and values. */
  public TensorNames withBiases() {
    return new TensorNames(attentionNorm, attentionPostNorm, mlpNorm, mlpPostNorm, true, headNorms);
  }

  /** The same with norms of each head's queries and keys. */
  public TensorNames withHeadNorms() {
    return new TensorNames(attentionNorm, attentionPostNorm, mlpNorm, mlpPostNorm, biases, true);
  }

  static String inLayer(int layer, String part) {
    return tensor(layer, weight(part));
  }

  static String biasInLayer(int layer, String part) {
    return tensor(layer, bias(part));
  }

  private static String tensor(int layer, String tensor) {
    return "model.layers." + layer + "." + tensor;
  }

  private static String weight(String part) {
    return part + ".weight";
  }

  private static String bias(String part) {
    return part + ".bias";
  }

  /** Whether it is a matrix of a layer, as most weights are. */
  static boolean isLayersMatrix(String name, Shape shape) {
    return name.startsWith("model.layers.") && shape.dimension() == 2;
  }

  static boolean isNorm(String name) {
    return name.endsWith("norm.weight");
  }

  /** The number of parameters. */
  public long parameters(DecoderShape c) {
    long layer = layerParameters(c);
    long table = (long) c.vocabulary() * c.width();
    return (c.tied() ? 1 : 2) * table + c.layers() * layer + c.width();
  }

  /** The number of parameters of one layer. */
  public long layerParameters(DecoderShape c) {
    return inLayer(c).values().stream().mapToLong(Shape::size).sum();
  }

  /** Every tensor that a checkpoint must hold, in the order of the computation. */
  public Map<String, Shape> shapes(DecoderShape c) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(EMBED, new Shape(c.vocabulary(), c.width()));
    for (int l = 0; l < c.layers(); l++) {
      int layer = l;
      inLayer(c).forEach((part, shape) -> shapes.put(tensor(layer, part), shape));
    }
    shapes.put(NORM, new Shape(c.width()));
    if (!c.tied()) {
      shapes.put(UNEMBED, new Shape(c.vocabulary(), c.width()));
    }
    return shapes;
  }

  /** By name within the layer. */
  private Map<String, Shape> inLayer(DecoderShape c) {
    long d = c.width();
    long queries = (long) c.heads() * c.headSize();
    long keys = (long) c.keyValueHeads() * c.headSize();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(weight(attentionNorm), new Shape(d));
    shapes.put(weight(QUERY), new Shape(queries, d));
    shapes.put(weight(KEY), new Shape(keys, d));
    shapes.put(weight(VALUE), new Shape(keys, d));
    if (biases) {
      shapes.put(bias(QUERY), new Shape(queries));
      shapes.put(bias(KEY), new Shape(keys));
      shapes.put(bias(VALUE), new Shape(keys));
    }
    if (headNorms) {
      shapes.put(weight(QUERY_NORM), new Shape(c.headSize()));
      shapes.put(weight(KEY_NORM), new Shape(c.headSize()));
    }
    shapes.put(weight(OUTPUT), new Shape(d, queries));
    attentionPostNorm.ifPresent(name -> shapes.put(weight(name), new Shape(d)));
    shapes.put(weight(mlpNorm), new Shape(d));
    shapes.put(weight(GATE), new Shape(c.innerWidth(), d));
    shapes.put(weight(UP), new Shape(c.innerWidth(), d));
    shapes.put(weight(DOWN), new Shape(d, c.innerWidth()));
    mlpPostNorm.ifPresent(name -> shapes.put(weight(name), new Shape(d)));
    return shapes;
  }
}
