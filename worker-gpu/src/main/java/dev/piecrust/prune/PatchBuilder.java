package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of decoder writes, {@code Σ_{(l,p,f)∈S} δ·W_dec[l][f,t−l]} (METHOD.md §6), for many sets at
 * once: for each layer one product of a sparse matrix of deltas with the gathered decoder rows.
 * Each set costs its own size alone.
 */
final class PatchBuilder {
  private final List<Occurrences> prompts;
  private final GatheredDecoders decoders;
  private final int layers;
  private final int width;

  PatchBuilder(List<Occurrences> prompts, GatheredDecoders decoders, int layers, int width) {
    this.prompts = prompts;
    this.decoders = decoders;
    this.layers = layers;
    this.width = width;
  }

  /**
   * What the sets write, together, into each layer.
   *
   * @param window must not leave out what the sets write
   * @return per layer from the window's first, [sets.size(), window.positions(), d]
   */
  List<NDArray> write(NDManager manager, List<OccurrenceSet> sets, PatchWindow window) {
    Entries entries = new Entries(sets, window);
    long rows = (long) sets.size() * window.positions();
    List<NDArray> patches = new ArrayList<>();
    for (int t = window.layer(); t < layers; t++) {
      patches.add(product(manager, entries, t, rows).reshape(-1, window.positions(), width));
    }
    return patches;
  }

  private NDArray product(NDManager manager, Entries entries, int t, long rows) {
    int n = entries.upTo(t);
    if (n == 0) {
      return manager.zeros(new Shape(rows, width));
    }
    long[][] index = {Arrays.copyOf(entries.row, n), Arrays.copyOf(entries.column, n)};
    try (NDArray deltas =
        manager.createCoo(
            FloatBuffer.wrap(entries.delta, 0, n).slice(),
            index,
            new Shape(rows, decoders.columns(t)))) {
      return deltas.matMul(decoders.writes(t)); // [rows, C_t]·[C_t, d]
    }
  }

  /** The non-zero entries of the sparse matrix, sorted by column's layer. */
  private final class Entries {
    private final long[] row;
    private final long[] column;
    private final float[] delta;
    private final int[] end = new int[layers]; // entries of the layers up to each

    Entries(List<OccurrenceSet> sets, PatchWindow window) {
      int n = sets.stream().mapToInt(s -> s.indices().length).sum();
      row = new long[n];
      column = new long[n];
      delta = new float[n];
      int[] cursor = new int[sets.size()];
      int next = 0;
      for (int layer = 0; layer < layers; layer++) {
        for (int r = 0; r < sets.size(); r++) {
          OccurrenceSet set = sets.get(r);
          Occurrences prompt = prompts.get(set.prompt());
          int c = cursor[r];
          for (; c < set.indices().length && prompt.layer()[set.indices()[c]] == layer; c++) {
            int i = set.indices()[c];
            row[next] = (long) r * window.positions() + prompt.position()[i] - window.from();
            column[next] = decoders.column(layer, prompt.feature()[i]);
            delta[next++] = set.weights()[c] * prompt.delta()[i];
          }
          cursor[r] = c;
        }
        end[layer] = next;
      }
    }

    int upTo(int layer) {
      return end[layer];
    }
  }
}
