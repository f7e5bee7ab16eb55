package dev.piecrust.model.decoder;

import static java.util.Objects.requireNonNull;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Ops;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The constants that depend on positions alone, made once and grown by doubling: the rotary tables
 * and the masks. Safe for use by several threads at once.
 */
final class Positions {
  private static final int FIRST_SIZE = 64;

  /**
   * Views of {@code T} positions, of which the last is number {@code S - 1}.
   *
   * @param rotations for each list of frequencies
   * @param masks {@code [T,S]} for each length of window: minus infinity where a position would
   *     look ahead or out of its window, else 0
   * @param layers which of them each layer takes
   */
  record Slice(
      Map<List<Double>, Rotation> rotations,
      Map<OptionalInt, NDArray> masks,
      List<AttentionConfig.OfLayer> layers) {
    /** What layer {@code l} takes. */
    OfLayer layer(int l) {
      AttentionConfig.OfLayer layer = layers.get(l);
      return new OfLayer(
          requireNonNull(rotations.get(layer.frequencies())),
          requireNonNull(masks.get(layer.window())));
    }
  }

  /**
   * The tables of one list of frequencies.
   *
   * @param cos {@code [T,h]}
   * @param sin {@code [T,h]}, its first half negated, to go with swapped halves
   */
  record Rotation(NDArray cos, NDArray sin) {
    Rotation get(NDManager scope, NDIndex rows) {
      return new Rotation(cos.get(scope, rows), sin.get(scope, rows));
    }
  }

  /**
   * What one layer takes.
   *
   * @param mask {@code [T,S]}
   */
  record OfLayer(Rotation rotation, NDArray mask) {
    /** Rotates queries or keys {@code [B,·,T,h]} by their positions. */
    NDArray rotate(NDArray x) {
      var halves = x.split(2, 3);
      NDArray swapped = halves.get(1).concat(halves.get(0), 3); // [B,·,T,h]
      return Ops.add(Ops.mul(swapped, rotation.sin()), x.mul(rotation.cos()));
    }
  }

  private final AttentionConfig config;
  private final NDManager manager;
  private final DataType dataType;
  private int size;
  private Slice tables;

  Positions(AttentionConfig config, NDManager manager, DataType dataType) {
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
    NDIndex seen = new NDIndex("{}:{},0:{}", from, to, to);
    Map<List<Double>, Rotation> rotations = new LinkedHashMap<>();
    all.rotations().forEach((f, rotation) -> rotations.put(f, rotation.get(scope, rows)));
    Map<OptionalInt, NDArray> masks = new LinkedHashMap<>();
    all.masks().forEach((window, mask) -> masks.put(window, mask.get(scope, seen)));
    return new Slice(rotations, masks, config.layers());
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
    Map<List<Double>, Rotation> rotations = new LinkedHashMap<>();
    Map<OptionalInt, NDArray> masks = new LinkedHashMap<>();
    for (AttentionConfig.OfLayer layer : new LinkedHashSet<>(config.layers())) {
      rotations.computeIfAbsent(layer.frequencies(), f -> rotation(count, f));
      masks.computeIfAbsent(layer.window(), w -> mask(count, w));
    }
    return new Slice(rotations, masks, config.layers());
  }

  private Rotation rotation(int count, List<Double> frequencies) {
    int pairs = frequencies.size();
    double[] cos = new double[count * 2 * pairs];
    double[] sin = new double[count * 2 * pairs];
    for (int p = 0; p < count; p++) {
      for (int i = 0; i < pairs; i++) {
        double angle = p * frequencies.get(i);
        int first = p * 2 * pairs + i;
        cos[first] = cos[first + pairs] = Math.cos(angle);
        sin[first + pairs] = Math.sin(angle);
        sin[first] = -sin[first + pairs];
      }
    }
    Shape table = new Shape(count, 2L * pairs);
    return new Rotation(
        Ops.constant(manager, cos, table, dataType), Ops.constant(manager, sin, table, dataType));
  }

  private NDArray mask(int count, OptionalInt window) {
    int sees = window.orElse(count);
    double[] mask = new double[count * count];
    for (int p = 0; p < count; p++) {
      for (int at = 0; at < count; at++) {
        if (at > p || at <= p - sees) {
          mask[p * count + at] = Double.NEGATIVE_INFINITY;
        }
      }
    }
    return Ops.constant(manager, mask, new Shape(count, count), dataType);
  }
}
