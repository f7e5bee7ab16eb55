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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Weights of a model. All are leaves: training may ask for their gradients. */
public final class DecoderWeights {
  private final TensorNames names;
  private final int layerCount;
  private final Map<String, NDArray> byName;
  private final Optional<BiFunction<NDManager, String, NDArray>> disk;
  private final List<DecoderLayer> layers;

  private DecoderWeights(
      TensorNames names,
      int layerCount,
      Map<String, NDArray> byName,
      Optional<BiFunction<NDManager, String, NDArray>> disk) {
    this.names = names;
    this.layerCount = layerCount;
    this.byName = byName;
    this.disk = disk;
    this.layers =
        disk.isPresent()
            ? List.of()
            : IntStream.range(0, layerCount).mapToObj(l -> layer(l, this::pick)).toList();
  }

  /** Puts together weights from a source of arrays by Hugging Face name and demanded shape. */
  public static DecoderWeights of(
      TensorNames names, DecoderShape shape, BiFunction<String, Shape, NDArray> source) {
    Map<String, NDArray> all = new LinkedHashMap<>();
    names.shapes(shape).forEach((name, demanded) -> all.put(name, source.apply(name, demanded)));
    return new DecoderWeights(names, shape.layers(), all, Optional.empty());
  }

  /**
   * The same with the layers' matrices on disk.
   *
   * @param disk reads one of them, by its Hugging Face name, into a manager
   */
  public static DecoderWeights onDisk(
      TensorNames names,
      DecoderShape shape,
      BiFunction<String, Shape, NDArray> source,
      BiFunction<NDManager, String, NDArray> disk) {
    Map<String, NDArray> held = new LinkedHashMap<>();
    names
        .shapes(shape)
        .forEach(
            (name, demanded) -> {
              if (!TensorNames.isLayersMatrix(name, demanded)) {
                held.put(name, source.apply(name, demanded));
              }
            });
    return new DecoderWeights(names, shape.layers(), held, Optional.of(disk));
  }

  private DecoderLayer layer(int l, Function<String, NDArray> tensors) {
    return new DecoderLayer(
        tensors.apply(TensorNames.inLayer(l, names.attentionNorm())),
        tensors.apply(TensorNames.inLayer(l, TensorNames.QUERY)),
        tensors.apply(TensorNames.inLayer(l, TensorNames.KEY)),
        tensors.apply(TensorNames.inLayer(l, TensorNames.VALUE)),
        names.biases() ? Optional.of(biases(l, tensors)) : Optional.empty(),
        names.headNorms() ? Optional.of(headNorms(l, tensors)) : Optional.empty(),
        tensors.apply(TensorNames.inLayer(l, TensorNames.OUTPUT)),
        names.attentionPostNorm().map(name -> tensors.apply(TensorNames.inLayer(l, name))),
        tensors.apply(TensorNames.inLayer(l, names.mlpNorm())),
        tensors.apply(TensorNames.inLayer(l, TensorNames.GATE)),
        tensors.apply(TensorNames.inLayer(l, TensorNames.UP)),
        tensors.apply(TensorNames.inLayer(l, TensorNames.DOWN)),
        names.mlpPostNorm().map(name -> tensors.apply(TensorNames.inLayer(l, name))));
  }

  private static DecoderLayer.Biases biases(int l, Function<String, NDArray> tensors) {
    return new DecoderLayer.Biases(
        tensors.apply(TensorNames.biasInLayer(l, TensorNames.QUERY)),
        tensors.apply(TensorNames.biasInLayer(l, TensorNames.KEY)),
        tensors.apply(TensorNames.biasInLayer(l, TensorNames.VALUE)));
  }

  private static DecoderLayer.HeadNorms headNorms(int l, Function<String, NDArray> tensors) {
    return new DecoderLayer.HeadNorms(
        tensors.apply(TensorNames.inLayer(l, TensorNames.QUERY_NORM)),
        tensors.apply(TensorNames.inLayer(l, TensorNames.KEY_NORM)));
  }

  private NDArray pick(String name) {
    return requireNonNull(byName.get(name), name);
  }

  /** {@code [V,d]}. */
  public NDArray embed() {
    return pick(TensorNames.EMBED);
  }

  /** One a layer, where all are in memory. */
  public List<DecoderLayer> layers() {
    return layers;
  }

  /** {@code L}. */
  public int layerCount() {
    return layerCount;
  }

  /** One layer; what of it is on disk is read into {@code scope}. */
  public DecoderLayer layer(int l, NDManager scope) {
    return disk.map(
            read ->
                layer(l, name -> byName.containsKey(name) ? pick(name) : read.apply(scope, name)))
        .orElseGet(() -> layers.get(l));
  }

  /** {@code [d]}, the norm before a layer's MLP. */
  public NDArray mlpNorm(int l) {
    return pick(TensorNames.inLayer(l, names.mlpNorm()));
  }

  /** {@code [d]}, the final norm. */
  public NDArray norm() {
    return pick(TensorNames.NORM);
  }

  /** {@code [V,d]}; the same array as {@link #embed} where they are tied. */
  public NDArray unembed() {
    return byName.getOrDefault(TensorNames.UNEMBED, embed());
  }

  /** All arrays in memory by Hugging Face name, each once, in the order of the computation. */
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
    return new DecoderWeights(names, layerCount, all, disk);
  }
}
