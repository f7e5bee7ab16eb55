package dev.piecrust.prune;

import static dev.piecrust.failure.PieCrustException.numeric;

import dev.piecrust.campaign.Corruption;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.transcoder.SparseActivations;
import java.util.Arrays;
import java.util.List;

/**
 * The occurrences of one prompt (docs/method.md §1): every {@code (layer, position, feature)} that
 * is active in the clean or in the corrupted run, sorted in that order.
 *
 * @param layer [n]
 * @param position [n]
 * @param feature [n]
 * @param clean activation in the clean run, [n]
 * @param delta what is removed with the occurrence, [n]: {@code clean − corrupted}, or {@code
 *     clean} (docs/method.md §5)
 */
@SuppressWarnings("ArrayRecordComponent") // a column store: equality of contents is not asked of it
public record Occurrences(
    int[] layer, int[] position, int[] feature, float[] clean, float[] delta) {
  /** Merges the sorted activations of a prompt's clean and corrupted run. */
  public static Occurrences of(
      SparseActivations clean, SparseActivations corrupted, Corruption corruption) {
    OccurrenceMerge merge = new OccurrenceMerge(clean.size() + corrupted.size(), corruption);
    int i = 0;
    int j = 0;
    while (i < clean.size() || j < corrupted.size()) {
      int order =
          i == clean.size() ? 1 : j == corrupted.size() ? -1 : compare(clean, i, corrupted, j);
      float a = order <= 0 ? clean.value()[i] : 0;
      float b = order >= 0 ? corrupted.value()[j] : 0;
      if (order <= 0) {
        merge.add(clean, i, a, b);
      } else {
        merge.add(corrupted, j, a, b);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return merge.finish();
  }

  /** {@code n}. */
  public int size() {
    return layer.length;
  }

  /**
   * A keep set as it is told to others, in its own order.
   *
   * @param keepSet indices of occurrences, from {@link KeepSet}
   * @param scores one per occurrence
   */
  public List<KeptOccurrence> kept(int[] keepSet, float[] scores) {
    return Arrays.stream(keepSet)
        .mapToObj(i -> new KeptOccurrence(layer[i], position[i], feature[i], scores[i]))
        .toList();
  }

  private static int compare(SparseActivations a, int i, SparseActivations b, int j) {
    int byLayer = Integer.compare(a.layer()[i], b.layer()[j]);
    if (byLayer != 0) {
      return byLayer;
    }
    int byPosition = Integer.compare(a.position()[i], b.position()[j]);
    return byPosition != 0 ? byPosition : Integer.compare(a.feature()[i], b.feature()[j]);
  }

  /** The columns while they grow. */
  private static final class OccurrenceMerge {
    private final Corruption corruption;
    private final int[][] key; // [3][capacity]
    private final float[][] value; // [2][capacity]
    private int size;

    OccurrenceMerge(int capacity, Corruption corruption) {
      this.corruption = corruption;
      this.key = new int[3][capacity];
      this.value = new float[2][capacity];
    }

    void add(SparseActivations from, int i, float clean, float corrupted) {
      if (!Float.isFinite(clean) || !Float.isFinite(corrupted)) {
        throw numeric(
            "the activation of feature %d of layer %d at position %d is not a number",
            from.feature()[i], from.layer()[i], from.position()[i]);
      }
      if (corruption == Corruption.ZERO && clean == 0) {
        return; // nothing to remove
      }
      key[0][size] = from.layer()[i];
      key[1][size] = from.position()[i];
      key[2][size] = from.feature()[i];
      value[0][size] = clean;
      value[1][size++] = corruption == Corruption.ZERO ? clean : clean - corrupted;
    }

    Occurrences finish() {
      return new Occurrences(
          Arrays.copyOf(key[0], size),
          Arrays.copyOf(key[1], size),
          Arrays.copyOf(key[2], size),
          Arrays.copyOf(value[0], size),
          Arrays.copyOf(value[1], size));
    }
  }
}
