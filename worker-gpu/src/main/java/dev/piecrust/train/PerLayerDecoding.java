package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;

/**
 * Features write into their own layer; one matrix product for all layers.
 *
 * @param weight {@code W_dec [L, F, d]}
 */
record PerLayerDecoding(NDArray weight) implements Decoding {
  @Override
  public List<NDArray> weights() {
    return List.of(weight);
  }

  @Override
  public Decoding of(List<NDArray> others) {
    return new PerLayerDecoding(others.get(0));
  }

  @Override
  public NDArray decode(NDArray a) {
    return a.matMul(weight);
  }

  @Override
  public Adjoint adjoint(NDArray a, NDArray g) {
    return new Adjoint(
        g.matMul(weight.transpose(0, 2, 1)), List.of(a.transpose(0, 2, 1).matMul(g)));
  }

  @Override
  public NDArray norms() {
    return weight.square().sum(new int[] {2}).sqrt().expandDims(1);
  }

  @Override
  public List<NDArray> scaled(NDArray factor) {
    return List.of(factor.transpose(0, 2, 1).mul(weight));
  }

  @Override
  public List<NDArray> fresh(NDArray error, List<NDArray> tokens) {
    NDList layers = new NDList();
    for (int l = 0; l < tokens.size(); l++) {
      layers.add(error.get(l).get(tokens.get(l)));
    }
    return List.of(NDArrays.stack(layers));
  }

  @Override
  public List<NDArray> columns(NDArray column) {
    return List.of(column);
  }

  /** {@code [F, d]}. */
  @Override
  public NDArray stored(int layer) {
    return weight.get(layer);
  }
}
