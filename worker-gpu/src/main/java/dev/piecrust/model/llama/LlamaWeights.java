package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Ops;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Weights of a Llama. All are leaves: training may ask for their gradients.
 *
 * @param embed {@code [V,d]}
 * @param layers one a layer
 * @param norm {@code [d]}, the final norm
 * @param unembed {@code [V,d]}; the same array as {@code embed} where they are tied
 */
public record LlamaWeights(NDArray embed, List<LlamaLayer> layers, NDArray norm, NDArray unembed) {
  /** Standard deviation of random matrices. */
  private static final double SPREAD = 0.02;

  public LlamaWeights {
    layers = List.copyOf(layers);
  }

  /** Puts together weights from a source of arrays by Hugging Face name and demanded shape. */
  static LlamaWeights of(LlamaConfig config, BiFunction<String, Shape, NDArray> source) {
    Map<String, NDArray> all = new LinkedHashMap<>();
    LlamaNames.shapes(config).forEach((name, shape) -> all.put(name, source.apply(name, shape)));
    return of(config, all);
  }

  private static LlamaWeights of(LlamaConfig config, Map<String, NDArray> all) {
    NDArray embed = pick(all, LlamaNames.EMBED);
    return new LlamaWeights(
        embed,
        IntStream.range(0, config.layers()).mapToObj(l -> layer(all, l)).toList(),
        pick(all, LlamaNames.NORM),
        config.tied() ? embed : pick(all, LlamaNames.UNEMBED));
  }

  private static LlamaLayer layer(Map<String, NDArray> all, int l) {
    return new LlamaLayer(
        pick(all, LlamaNames.inLayer(l, LlamaNames.ATTENTION_NORM)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.QUERY)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.KEY)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.VALUE)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.OUTPUT)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.MLP_NORM)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.GATE)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.UP)),
        pick(all, LlamaNames.inLayer(l, LlamaNames.DOWN)));
  }

  private static NDArray pick(Map<String, NDArray> all, String name) {
    NDArray array = all.get(name);
    if (array == null) {
      throw new IllegalStateException("no " + name);
    }
    return array;
  }

  /**
   * Random weights to train from, f32, the same for the same seed on every machine: matrices normal
   * with deviation 0.02, those that write into the residual stream smaller by {@code √(2L)}, norms
   * 1.
   */
  public static LlamaWeights random(LlamaConfig config, NDManager manager, long seed) {
    Random random = new Random(seed);
    double writing = SPREAD / Math.sqrt(2.0 * config.layers());
    return of(
        config,
        (name, shape) -> {
          double[] values = new double[Math.toIntExact(shape.size())];
          boolean writes = name.contains(LlamaNames.OUTPUT) || name.contains(LlamaNames.DOWN);
          Arrays.setAll(
              values,
              i ->
                  shape.dimension() == 1 ? 1 : random.nextGaussian() * (writes ? writing : SPREAD));
          return Ops.constant(manager, values, shape, DataType.FLOAT32);
        });
  }

  /** All arrays by Hugging Face name, each once, in the order of the computation. */
  public Map<String, NDArray> byName() {
    Map<String, NDArray> all = new LinkedHashMap<>();
    all.put(LlamaNames.EMBED, embed);
    for (int l = 0; l < layers.size(); l++) {
      LlamaLayer w = layers.get(l);
      all.put(LlamaNames.inLayer(l, LlamaNames.ATTENTION_NORM), w.attentionNorm());
      all.put(LlamaNames.inLayer(l, LlamaNames.QUERY), w.query());
      all.put(LlamaNames.inLayer(l, LlamaNames.KEY), w.key());
      all.put(LlamaNames.inLayer(l, LlamaNames.VALUE), w.value());
      all.put(LlamaNames.inLayer(l, LlamaNames.OUTPUT), w.output());
      all.put(LlamaNames.inLayer(l, LlamaNames.MLP_NORM), w.mlpNorm());
      all.put(LlamaNames.inLayer(l, LlamaNames.GATE), w.gate());
      all.put(LlamaNames.inLayer(l, LlamaNames.UP), w.up());
      all.put(LlamaNames.inLayer(l, LlamaNames.DOWN), w.down());
    }
    all.put(LlamaNames.NORM, norm);
    if (unembed != embed) {
      all.put(LlamaNames.UNEMBED, unembed);
    }
    return all;
  }

  /** A copy of another element type, in the given manager. */
  public LlamaWeights toType(LlamaConfig config, NDManager manager, DataType dataType) {
    Map<String, NDArray> all = new LinkedHashMap<>();
    byName()
        .forEach(
            (name, array) -> {
              NDArray copy = array.toType(dataType, true);
              copy.attach(manager);
              all.put(name, copy);
            });
    return of(config, all);
  }
}
