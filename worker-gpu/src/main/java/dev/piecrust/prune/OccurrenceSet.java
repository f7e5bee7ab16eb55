package dev.piecrust.prune;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A weighted set of a prompt's occurrences, as ascending indices into {@link Occurrences}.
 *
 * @param prompt index of the prompt within its batch
 * @param indices ascending, [|S|]
 * @param weights what each occurrence's write is multiplied by, [|S|]: 1, or −1 where a change
 *     takes something back
 */
@SuppressWarnings("ArrayRecordComponent") // equality of contents is not asked of it
public record OccurrenceSet(int prompt, int[] indices, float[] weights) {
  /** A plain set, given in any order. */
  public static OccurrenceSet of(int prompt, int... indices) {
    float[] ones = new float[indices.length];
    Arrays.fill(ones, 1);
    return new OccurrenceSet(prompt, IntStream.of(indices).sorted().toArray(), ones);
  }

  /**
   * What has to be subtracted in addition where {@code removed} leave a keep set and {@code added}
   * enter it; the two must not overlap.
   */
  public static OccurrenceSet change(int prompt, int[] removed, int[] added) {
    int[] indices = IntStream.concat(IntStream.of(removed), IntStream.of(added)).sorted().toArray();
    float[] weights = new float[indices.length];
    Arrays.fill(weights, 1);
    for (int i : added) {
      weights[Arrays.binarySearch(indices, i)] = -1;
    }
    return new OccurrenceSet(prompt, indices, weights);
  }

  boolean isEmpty() {
    return indices.length == 0;
  }
}
