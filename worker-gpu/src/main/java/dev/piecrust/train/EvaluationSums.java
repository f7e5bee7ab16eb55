package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.List;

/** Sums over the windows of an evaluation, in f64. */
final class EvaluationSums {
  private final int features;
  private final double[] errors;
  private final double[] squares;
  private final double[][] means;
  private final long[][] counts;
  private long tokens;

  EvaluationSums(Transcoder transcoder) {
    this.features = transcoder.features();
    this.errors = new double[transcoder.layers()];
    this.squares = new double[transcoder.layers()];
    this.means = new double[transcoder.layers()][transcoder.width()];
    this.counts = new long[transcoder.layers()][features];
  }

  /** Adds a window, its first token left out. */
  void add(Trace trace, Transformer model, Said said) {
    List<NDArray> activations = new ArrayList<>();
    for (int l = 0; l < said.layers(); l++) {
      NDArray read = said.read(model, trace, l).get(new NDIndex("1:"));
      NDArray written = trace.mlpOut().get(l).get(new NDIndex("0, 1:")); // [T-1, d]
      activations.add(said.activations(l, read));
      errors[l] += sum(written.sub(said.written(l, activations, read)).square());
      squares[l] += sum(written.square());
      float[] all = written.sum(new int[] {0}).toFloatArray();
      for (int i = 0; i < all.length; i++) {
        means[l][i] += all[i];
      }
      NDArray acts = activations.get(l).gt(0).toType(DataType.FLOAT32, false);
      float[] often = acts.sum(new int[] {0}).toFloatArray();
      for (int f = 0; f < features; f++) {
        counts[l][f] += (long) often[f];
      }
    }
    tokens += trace.batch().width() - 1;
  }

  private static double sum(NDArray rows) {
    double sum = 0;
    for (float row : rows.sum(new int[] {1}).toFloatArray()) {
      sum += row;
    }
    return sum;
  }

  long tokens() {
    return tokens;
  }

  List<Evaluation.Layer> layers() {
    List<Evaluation.Layer> layers = new ArrayList<>();
    for (int l = 0; l < errors.length; l++) {
      double ofMean = 0;
      for (double sum : means[l]) {
        ofMean += sum * sum / tokens;
      }
      long acts = 0;
      int dead = 0;
      for (long count : counts[l]) {
        acts += count;
        dead += count == 0 ? 1 : 0;
      }
      layers.add(
          new Evaluation.Layer(
              errors[l] / (squares[l] - ofMean), acts / (double) tokens, dead / (double) features));
    }
    return layers;
  }

  /** Features by the decade of the share of tokens at which they act; the first never do. */
  List<Long> densities(int decades) {
    long[] histogram = new long[decades];
    for (long[] layer : counts) {
      for (long count : layer) {
        histogram[decade(count, decades)]++;
      }
    }
    List<Long> densities = new ArrayList<>();
    for (long features : histogram) {
      densities.add(features);
    }
    return densities;
  }

  private int decade(long count, int decades) {
    if (count == 0) {
      return 0;
    }
    int behind = (int) Math.floor(-Math.log10(count / (double) tokens));
    return Math.max(1, decades - 1 - behind);
  }
}
