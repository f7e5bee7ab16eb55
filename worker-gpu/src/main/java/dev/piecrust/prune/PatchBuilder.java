package dev.piecrust.prune;

import static dev.piecrust.failure.PieCrustException.numeric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.tensor.HostArray;
import dev.piecrust.tensor.Parallel;
import dev.piecrust.tensor.VectorMath;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sums of decoder writes, {@code Σ_{(l,p,f)∈S} δ·W_dec[l][f,t−l]} (docs/method.md §6), for many
 * sets at once. For each layer that is written to, each decoder row that the sets need is read
 * once, from the mapped file into the processor's cache, and added to all that use it. A set costs
 * its own size alone, and no row is held.
 */
final class PatchBuilder {
  private final List<Occurrences> prompts;
  private final Transcoder transcoder;

  PatchBuilder(List<Occurrences> prompts, Transcoder transcoder) {
    this.prompts = prompts;
    this.transcoder = transcoder;
  }

  /**
   * What the sets write, together, into each layer.
   *
   * @param window must not leave out what the sets write
   * @return per layer from the window's first, [sets.size(), window.positions(), d]
   */
  List<NDArray> write(NDManager manager, List<OccurrenceSet> sets, PatchWindow window) {
    Entries entries = new Entries(sets, window);
    int rows = Math.multiplyExact(sets.size(), window.positions());
    int layers = transcoder.layers();
    Shape shape = new Shape(sets.size(), window.positions(), transcoder.width());
    List<NDArray> patches = new ArrayList<>();
    for (int t = window.layer(); t < layers; t++) {
      patches.add(
          entries.from(t) == entries.to(t)
              ? manager.zeros(shape)
              : HostArray.empty(manager, shape));
    }
    Parallel.run(
        patches.size(),
        () -> new Readers(transcoder),
        (readers, i) -> {
          int t = layers - 1 - i; // the layer with the most writers first
          if (entries.from(t) < entries.to(t)) {
            HostArray.fill(patches.get(t - window.layer()), sum(entries, t, rows, readers));
          }
        });
    return patches;
  }

  /** What is written into layer {@code t}, [rows][d]. */
  private float[][] sum(Entries entries, int t, int rows, Readers readers) {
    float[][] sum = new float[rows][transcoder.width()];
    int before = -1; // the entry whose row was read last
    for (int at = entries.from(t); at < entries.to(t); at++) {
      int entry = entries.sorted.order()[at];
      if (before < 0 || !entries.sameRow(before, entry)) {
        readers.read(entries.layer[entry], entries.feature[entry], t - entries.layer[entry]);
      }
      VectorMath.addScaled(entries.delta[entry], readers.row, sum[entries.row[entry]]);
      before = entry;
    }
    if (!Arrays.stream(sum).allMatch(VectorMath::finite)) {
      for (int at = entries.from(t); at < entries.to(t); at++) {
        int entry = entries.sorted.order()[at];
        readers.requireFinite(entries.layer[entry], entries.feature[entry]);
      }
      throw numeric("what a set of occurrences writes into layer %d is not a number", t);
    }
    return sum;
  }

  /** The members of all sets, each with the row of the patch that it goes to. */
  private final class Entries {
    private final int[] layer;
    private final int[] feature;
    private final int[] row;
    private final float[] delta;
    private final ByFeature sorted;

    Entries(List<OccurrenceSet> sets, PatchWindow window) {
      int n = sets.stream().mapToInt(s -> s.indices().length).sum();
      layer = new int[n];
      feature = new int[n];
      row = new int[n];
      delta = new float[n];
      int next = 0;
      for (int r = 0; r < sets.size(); r++) {
        OccurrenceSet set = sets.get(r);
        Occurrences prompt = prompts.get(set.prompt());
        for (int c = 0; c < set.indices().length; c++, next++) {
          int i = set.indices()[c];
          layer[next] = prompt.layer()[i];
          feature[next] = prompt.feature()[i];
          row[next] = r * window.positions() + prompt.position()[i] - window.from();
          delta[next] = set.weights()[c] * prompt.delta()[i];
        }
      }
      sorted = ByFeature.of(transcoder.layers(), layer, feature);
    }

    /** The entries that write into layer {@code t} are those from here … */
    int from(int t) {
      int l = 0;
      while (l < t && l + transcoder.writes(l) <= t) {
        l++;
      }
      return sorted.start()[l];
    }

    /** … to here. */
    int to(int t) {
      return sorted.start()[t + 1];
    }

    boolean sameRow(int a, int b) {
      return layer[a] == layer[b] && feature[a] == feature[b];
    }
  }
}
