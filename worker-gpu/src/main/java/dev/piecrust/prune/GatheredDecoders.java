package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.transcoder.Transcoder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The decoder rows of a batch's distinct features, read from disk once (METHOD.md §6, "the cheap
 * way").
 *
 * <p>Every distinct feature is a column, numbered by (layer, index). What the features write into
 * layer {@code t} is one matrix {@code writes(t)} [C_t, d], where {@code C_t} counts the columns of
 * the layers up to {@code t}.
 */
final class GatheredDecoders {
  private final int[][] features; // per layer, ascending
  private final int[] firstColumn; // per layer, and the total at the end
  private final NDArray[] writes;

  GatheredDecoders(NDManager manager, Transcoder transcoder, List<Occurrences> prompts) {
    int layers = transcoder.layers();
    features = distinct(prompts, layers, transcoder.features());
    firstColumn = new int[layers + 1];
    for (int l = 0; l < layers; l++) {
      firstColumn[l + 1] = firstColumn[l] + features[l].length;
    }
    NDList[] parts = new NDList[layers];
    Arrays.setAll(parts, t -> new NDList());
    writes = new NDArray[layers];
    try (NDManager scope = manager.newSubManager()) {
      for (int l = 0; l < layers; l++) {
        if (features[l].length > 0) {
          NDArray rows = transcoder.decoderRows(scope, l, features[l]); // [U_l, L−l, d]
          for (int t = l; t < layers; t++) {
            parts[t].add(rows.get(new NDIndex(":, {}", t - l))); // [U_l, d]
          }
        }
      }
      for (int t = 0; t < layers; t++) {
        writes[t] =
            parts[t].isEmpty()
                ? scope.zeros(new ai.djl.ndarray.types.Shape(0, transcoder.width()))
                : NDArrays.concat(parts[t], 0); // [C_t, d]
        writes[t].attach(manager);
      }
    }
  }

  /** Number of columns whose features can write into layer {@code t}: {@code C_t}. */
  int columns(int t) {
    return firstColumn[t + 1];
  }

  /** The column of a feature. */
  int column(int layer, int feature) {
    return firstColumn[layer] + Arrays.binarySearch(features[layer], feature);
  }

  /** What each column's feature writes into layer {@code t}, [C_t, d]. */
  NDArray writes(int t) {
    return writes[t];
  }

  private static int[][] distinct(List<Occurrences> prompts, int layers, int width) {
    BitSet[] seen = new BitSet[layers];
    Arrays.setAll(seen, l -> new BitSet(width));
    for (Occurrences prompt : prompts) {
      for (int i = 0; i < prompt.size(); i++) {
        seen[prompt.layer()[i]].set(prompt.feature()[i]);
      }
    }
    return Arrays.stream(seen).map(s -> s.stream().toArray()).toArray(int[][]::new);
  }
}
