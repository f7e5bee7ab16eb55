package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import dev.piecrust.tensor.HostArray;
import dev.piecrust.tensor.Parallel;
import dev.piecrust.tensor.VectorMath;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The linear effect of every occurrence of a batch, {@code δ · Σ_t ⟨W_dec[l][f,t−l], g[t,p]⟩}
 * (docs/method.md §5). Each decoder row of the batch's distinct features is read once, from the
 * mapped file into the processor's cache, and multiplied there with the gradients that meet it: no
 * row is held for longer, and nothing is computed for positions where a feature is silent.
 */
final class Attribution {
  /** Decoder rows of one task: about a millisecond of work. */
  private static final int ROWS_PER_TASK = 512;

  /** Features of one layer: entries {@code from} to {@code to} of the order. */
  private record Task(int layer, int from, int to) {}

  private final Transcoder transcoder;
  private final List<Occurrences> prompts;
  private final int positions;
  private final int[] prompt; // of each entry
  private final int[] index; // of each entry, within its prompt
  private final ByFeature entries;
  private final List<Task> tasks = new ArrayList<>();

  /**
   * @param positions {@code T} of the gradients
   */
  Attribution(Transcoder transcoder, List<Occurrences> prompts, int positions) {
    this.transcoder = transcoder;
    this.prompts = prompts;
    this.positions = positions;
    int n = prompts.stream().mapToInt(Occurrences::size).sum();
    prompt = new int[n];
    index = new int[n];
    int[] layer = new int[n];
    int[] feature = new int[n];
    int next = 0;
    for (int b = 0; b < prompts.size(); b++) {
      Occurrences own = prompts.get(b);
      for (int i = 0; i < own.size(); i++, next++) {
        prompt[next] = b;
        index[next] = i;
        layer[next] = own.layer()[i];
        feature[next] = own.feature()[i];
      }
    }
    entries = ByFeature.of(transcoder.layers(), layer, feature);
    for (int l = 0; l < transcoder.layers(); l++) {
      split(l);
    }
  }

  private void split(int layer) {
    int step = Math.max(1, ROWS_PER_TASK / transcoder.writes(layer));
    int end = entries.start()[layer + 1];
    for (int from = entries.start()[layer]; from < end; ) {
      int to = Math.min(end, from + step);
      while (to < end && feature(to) == feature(to - 1)) {
        to++;
      }
      tasks.add(new Task(layer, from, to));
      from = to;
    }
  }

  private int feature(int at) {
    int entry = entries.order()[at];
    return prompts.get(prompt[entry]).feature()[index[entry]];
  }

  /**
   * @param gradient per layer, with respect to {@code y[t]}, [B, T, d]
   * @return [prompt][occurrence]
   */
  List<float[]> of(List<NDArray> gradient) {
    List<float[][]> g = gradient.stream().map(layer -> HostArray.rows(layer, width())).toList();
    List<float[]> scores = prompts.stream().map(own -> new float[own.size()]).toList();
    Parallel.run(
        tasks.size(),
        () -> new Readers(transcoder),
        (readers, i) -> run(tasks.get(i), g, readers, scores));
    return scores;
  }

  private int width() {
    return transcoder.width();
  }

  private void run(Task task, List<float[][]> g, Readers readers, List<float[]> scores) {
    for (int from = task.from(); from < task.to(); ) {
      int to = from + 1;
      while (to < task.to() && feature(to) == feature(from)) {
        to++;
      }
      double[] effect = effects(task.layer(), from, to, g, readers);
      for (int at = from; at < to; at++) {
        int entry = entries.order()[at];
        float delta = prompts.get(prompt[entry]).delta()[index[entry]];
        scores.get(prompt[entry])[index[entry]] = (float) (delta * effect[at - from]);
      }
      from = to;
    }
  }

  /** {@code Σ_t ⟨W_dec row, g[t,p]⟩} for the occurrences of one feature. */
  private double[] effects(int layer, int from, int to, List<float[][]> g, Readers readers) {
    float[][] rows = readers.readAll(layer, feature(from)); // [writes][d]
    double[] effect = new double[to - from];
    boolean finite = true;
    for (int at = from; at < to; at++) {
      int position = row(at);
      Arrays.fill(readers.sum, 0);
      for (int write = 0; write < transcoder.writes(layer); write++) {
        VectorMath.addProducts(rows[write], g.get(layer + write)[position], readers.sum);
      }
      effect[at - from] = VectorMath.sum(readers.sum);
      finite &= Double.isFinite(effect[at - from]);
    }
    if (!finite) {
      readers.requireFinite(layer, feature(from)); // else it is the gradient, and the score tells
    }
    return effect;
  }

  /** The row of an entry's position in a gradient [B·T, d]. */
  private int row(int at) {
    int entry = entries.order()[at];
    return prompt[entry] * positions + prompts.get(prompt[entry]).position()[index[entry]];
  }
}
