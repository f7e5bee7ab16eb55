package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Features write into all layers from their own on; one matrix product for each layer of features.
 *
 * @param weights {@code W_dec[l] [F, (L-l)·d]}, the writes into layers {@code l, l+1, …} side by
 *     side
 */
record CrossLayerDecoding(List<NDArray> weights) implements Decoding {
  @Override
  public Decoding of(List<NDArray> others) {
    return new CrossLayerDecoding(others);
  }

  @Override
  public NDArray decode(NDArray a) {
    int layers = weights.size();
    NDArray sum = a.get(0).matMul(weights.get(0)); // [N, L·d]
    int width = width(sum, layers);
    for (int l = 1; l < layers; l++) {
      NDArray later = sum.get(from(l, width)); // a view
      later.addi(a.get(l).matMul(weights.get(l)));
    }
    return sum.reshape(-1, layers, width).transpose(1, 0, 2);
  }

  @Override
  public Adjoint adjoint(NDArray a, NDArray g) {
    NDArray wide = wide(g); // [N, L·d]
    int width = width(wide, weights.size());
    NDList activations = new NDList();
    List<NDArray> gradients = new ArrayList<>();
    for (int l = 0; l < weights.size(); l++) {
      NDArray later = wide.get(from(l, width)); // [N, (L-l)·d]
      activations.add(Ops.linear(later, weights.get(l)));
      gradients.add(a.get(l).transpose().matMul(later));
    }
    return new Adjoint(NDArrays.stack(activations), gradients);
  }

  @Override
  public NDArray norms() {
    NDList norms = new NDList();
    weights.forEach(w -> norms.add(w.square().sum(new int[] {1}).sqrt()));
    return NDArrays.stack(norms).expandDims(1);
  }

  @Override
  public List<NDArray> scaled(NDArray factor) {
    List<NDArray> scaled = new ArrayList<>();
    for (int l = 0; l < weights.size(); l++) {
      scaled.add(factor.get(l).transpose().mul(weights.get(l)));
    }
    return scaled;
  }

  @Override
  public List<NDArray> fresh(NDArray error, List<NDArray> tokens) {
    NDArray wide = wide(error);
    int width = width(wide, weights.size());
    List<NDArray> fresh = new ArrayList<>();
    for (int l = 0; l < weights.size(); l++) {
      fresh.add(wide.get(from(l, width)).get(tokens.get(l)));
    }
    return fresh;
  }

  @Override
  public List<NDArray> columns(NDArray column) {
    return IntStream.range(0, weights.size()).mapToObj(l -> column.get(l)).toList();
  }

  /** {@code [F, L-l, d]}. */
  @Override
  public NDArray stored(int layer) {
    NDArray weight = weights.get(layer);
    return weight.reshape(weight.getShape().get(0), weights.size() - layer, -1);
  }

  /** {@code [L, N, d]} to {@code [N, L·d]}. */
  private static NDArray wide(NDArray layers) {
    long tokens = layers.getShape().get(1);
    return layers.transpose(1, 0, 2).reshape(tokens, -1);
  }

  private static int width(NDArray wide, int layers) {
    return Math.toIntExact(wide.getShape().get(1) / layers);
  }

  private static NDIndex from(int layer, int width) {
    return new NDIndex(":, {}:", layer * width);
  }
}
