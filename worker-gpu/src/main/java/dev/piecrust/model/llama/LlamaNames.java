package dev.piecrust.model.llama;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** The Hugging Face names of a Llama's tensors and the shapes that its config demands. */
final class LlamaNames {
  static final String EMBED = "model.embed_tokens.weight";
  static final String NORM = "model.norm.weight";
  static final String UNEMBED = "lm_head.weight";
  static final String ATTENTION_NORM = "input_layernorm";
  static final String QUERY = "self_attn.q_proj";
  static final String KEY = "self_attn.k_proj";
  static final String VALUE = "self_attn.v_proj";
  static final String OUTPUT = "self_attn.o_proj";
  static final String MLP_NORM = "post_attention_layernorm";
  static final String GATE = "mlp.gate_proj";
  static final String UP = "mlp.up_proj";
  static final String DOWN = "mlp.down_proj";

  private LlamaNames() {}

  static String inLayer(int layer, String part) {
    return "model.layers." + layer + "." + part + ".weight";
  }

  /** Every tensor that a checkpoint must hold, in the order of the computation. */
  static Map<String, Shape> shapes(LlamaConfig c) {
    long d = c.width();
    long queries = (long) c.heads() * c.headSize();
    long keys = (long) c.keyValueHeads() * c.headSize();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put(EMBED, new Shape(c.vocabulary(), d));
    for (int l = 0; l < c.layers(); l++) {
      shapes.put(inLayer(l, ATTENTION_NORM), new Shape(d));
      shapes.put(inLayer(l, QUERY), new Shape(queries, d));
      shapes.put(inLayer(l, KEY), new Shape(keys, d));
      shapes.put(inLayer(l, VALUE), new Shape(keys, d));
      shapes.put(inLayer(l, OUTPUT), new Shape(d, queries));
      shapes.put(inLayer(l, MLP_NORM), new Shape(d));
      shapes.put(inLayer(l, GATE), new Shape(c.innerWidth(), d));
      shapes.put(inLayer(l, UP), new Shape(c.innerWidth(), d));
      shapes.put(inLayer(l, DOWN), new Shape(d, c.innerWidth()));
    }
    shapes.put(NORM, new Shape(d));
    if (!c.tied()) {
      shapes.put(UNEMBED, new Shape(c.vocabulary(), d));
    }
    return shapes;
  }
}
