package dev.piecrust.model.decoder;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Weights of a model. All are leaves: training may ask for their gradients. */
public final class DecoderWeights {
  private final TensorNames names;
  private final int layerCount;
  private final Map<String, NDArray> byName;
  private final List<DecoderLayer> layers;

  private DecoderWeights(TensorNames names, int layerCount, Map<String, NDArray> byName) {
    this.names = names;
    this.layerCount = layerCount;
    this.byName = byName;
    this.layers = IntStream.range(0, layerCount).mapToObj(this::layer).toList();
  }

  /** Puts together weights from a source of arrays by Hugging Face name and demanded shape. */
  public static DecoderWeights of(
      TensorNames names, DecoderShape shape, BiFunction<String, Shape, NDArray> source) {
    Map<String, NDArray> all = new LinkedHashMap<>();
    names.shapes(shape).forEach((name, demanded) -> all.put(name, source.apply(name, demanded)));
    return new DecoderWeights(names, shape.layers(), all);
  }

  private DecoderLayer layer(int l) {
    return new DecoderLayer(
        pick(l, names.attentionNorm()),
        pick(l, TensorNames.QUERY),
        pick(l, TensorNames.KEY),
        pick(l, TensorNames.VALUE),
        names.biases() ? Optional.of(biases(l)) : Optional.empty(),
        names.headNorms() ? Optional.of(headNorms(l)) : Optional.empty(),
        pick(l, TensorNames.OUTPUT),
        names.attentionPostNorm().map(name -> pick(l, name)),
        pick(l, names.mlpNorm()),
        pick(l, TensorNames.GATE),
        pick(l, TensorNames.UP),
        pick(l, TensorNames.DOWN),
        names.mlpPostNorm().map(name -> pick(l, name)));
  }

  private DecoderLayer.Biases biases(int l) {
    return new DecoderLayer.Biases(
        pick(TensorNames.biasInLayer(l, TensorNames.QUERY)),
        pick(TensorNames.biasInLayer(l, TensorNames.KEY)),
        pick(TensorNames.biasInLayer(l, TensorNames.VALUE)));
  }

  private DecoderLayer.HeadNorms headNorms(int l) {
    return new DecoderLayer.HeadNorms(
        pick(l, TensorNames.QUERY_NORM), pick(l, TensorNames.KEY_NORM));
  }

  private NDArray pick(int l, String part) {
    return pick(TensorNames.inLayer(l, part));
  }

  private NDArray pick(String name) {
    return requireNonNull(byName.get(name), name);
  }

  /** {@code [V,d]}. */
  public NDArray embed() {
    return pick(TensorNames.EMBED);
  }

  /** One a layer. */
  public List<DecoderLayer> layers() {
    return layers;
  }

  /** {@code [d]}, the final norm. */
  public NDArray norm() {
    return pick(TensorNames.NORM);
  }

  /** {@code [V,d]}; the same array as {@link #embed} where they are tied. */
  public NDArray unembed() {
    return byName.getOrDefault(TensorNames.UNEMBED, embed());
  }

  /** All arrays by Hugging Face name, each once, in the order of the computation. */
  public Map<String, NDArray> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /** A copy of another element type, in the given manager. */
  public DecoderWeights toType(NDManager manager, DataType dataType) {
    return map(
        (name, array) -> {
          NDArray copy = array.toType(dataType, true);
          copy.attach(manager);
          return copy;
        });
  }

  /** The same matrices with other norms. */
  public DecoderWeights withNorms(UnaryOperator<NDArray> change) {
    return map((name, array) -> TensorNames.isNorm(name) ? change.apply(array) : array);
  }

  private DecoderWeights map(BiFunction<String, NDArray, NDArray> change) {
    Map<String, NDArray> all = new LinkedHashMap<>();
    byName.forEach((name, array) -> all.put(name, change.apply(name, array)));
    return new DecoderWeights(names, layerCount, all);
  }
}
