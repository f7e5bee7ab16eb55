package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Ops;

/**
 * The constants that depend on positions alone, made once and grown by doubling: the rotary tables
 * and the causal mask. Safe for use by several threads at once.
 */
final class Positions {
  private static final int FIRST_SIZE = 64;

  /**
   * Views of {@code T} positions, of which the last is number {@code S - 1}.
   *
   * @param cos {@code [T,h]}
   * @param sin {@code [T,h]}, its first half negated, to go with swapped halves
   * @param mask {@code [T,S]}, minus infinity where a position would look ahead, else 0
   */
  record Slice(NDArray cos, NDArray sin, NDArray mask) {
    /** Rotates queries or keys {@code [B,·,T,h]} by their positions. */
    NDArray rotate(NDArray x) {
      var halves = x.split(2, 3);
      NDArray swapped = halves.get(1).concat(halves.get(0), 3); // [B,·,T,h]
      return x.mul(cos).add(swapped.mul(sin));
    }
  }

  private final LlamaConfig config;
  private final NDManager manager;
  private final DataType dataType;
  private int size;
  private Slice tables;

  Positions(LlamaConfig config, NDManager manager, DataType dataType) {
    this.config = config;
    this.manager = manager;
    this.dataType = dataType;
    this.size = FIRST_SIZE;
    this.tables = make(FIRST_SIZE);
  }

  /** Positions {@code from} to {@code to - 1}, as views that belong to {@code scope}. */
  Slice between(NDManager scope, int from, int to) {
    Slice all = grown(to);
    NDIndex rows = new NDIndex("{}:{}", from, to);
    return new Slice(
        all.cos().get(scope, rows),
        all.sin().get(scope, rows),
        all.mask().get(scope, new NDIndex("{}:{},0:{}", from, to, to)));
  }

  private synchronized Slice grown(int count) {
    while (size < count) {
      size *= 2;
      // The smaller tables stay until the model closes: a pass may still be reading them.
      tables = make(size);
    }
    return tables;
  }

  private Slice make(int count) {
    int h = config.headSize();
    double[] cos = new double[count * h];
    double[] sin = new double[count * h];
    for (int i = 0; i < h / 2; i++) {
      double frequency = frequency(i);
      for (int p = 0; p < count; p++) {
        cos[p * h + i] = cos[p * h + i + h / 2] = Math.cos(p * frequency);
        sin[p * h + i + h / 2] = Math.sin(p * frequency);
        sin[p * h + i] = -sin[p * h + i + h / 2];
      }
    }
    double[] mask = new double[count * count];
    for (int p = 0; p < count; p++) {
      for (int ahead = p + 1; ahead < count; ahead++) {
        mask[p * count + ahead] = Double.NEGATIVE_INFINITY;
      }
    }
    Shape table = new Shape(count, h);
    return new Slice(
        Ops.constant(manager, cos, table, dataType),
        Ops.constant(manager, sin, table, dataType),
        Ops.constant(manager, mask, new Shape(count, count), dataType));
  }

  private double frequency(int pair) {
    double plain = Math.pow(config.ropeTheta(), -2.0 * pair / config.headSize());
    return config.ropeScaling().map(scaling -> scaling.scale(plain)).orElse(plain);
  }
}
