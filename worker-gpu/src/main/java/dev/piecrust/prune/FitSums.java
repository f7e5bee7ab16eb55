package dev.piecrust.prune;

import java.util.Optional;

/**
 * Sums over tokens from which variances about the mean follow, of what MLPs write, of what a
 * transcoder leaves of it, and of what its linear parts write. A constant that is added to all
 * tokens, such as a bias, changes none.
 */
final class FitSums {
  private final Sums whole;
  private final Sums left;
  private final Sums linear;
  private int tokens;

  FitSums(int layers, int width) {
    whole = new Sums(layers, width);
    left = new Sums(layers, width);
    linear = new Sums(layers, width);
  }

  /** Of numbers, each in one dimension of a layer. */
  private static final class Sums {
    private final double[][] sum;
    private final double[][] squares;

    Sums(int layers, int width) {
      sum = new double[layers][width];
      squares = new double[layers][width];
    }

    void add(int layer, int dimension, double value) {
      sum[layer][dimension] += value;
      squares[layer][dimension] += value * value;
    }

    double variance(int tokens) {
      double variance = 0;
      for (int l = 0; l < sum.length; l++) {
        for (int i = 0; i < sum[l].length; i++) {
          double mean = sum[l][i] / tokens;
          variance += squares[l][i] / tokens - mean * mean;
        }
      }
      return variance;
    }
  }

  /**
   * Adds a batch. The first layer's tokens are counted.
   *
   * @param counted whether a token counts, [rows]
   * @param written by the MLP, [rows, d]
   * @param features what they write, [rows, d]
   * @param skip what the linear part writes, [rows, d]
   */
  void add(
      int layer, boolean[] counted, float[] written, float[] features, Optional<float[]> skip) {
    int width = written.length / counted.length;
    for (int row = 0; row < counted.length; row++) {
      if (!counted[row]) {
        continue;
      }
      tokens += layer == 0 ? 1 : 0;
      for (int i = 0; i < width; i++) {
        int at = row * width + i;
        double straight = skip.isPresent() ? skip.get()[at] : 0;
        whole.add(layer, i, written[at]);
        left.add(layer, i, written[at] - features[at] - straight);
        linear.add(layer, i, straight);
      }
    }
  }

  int tokens() {
    return tokens;
  }

  double unexplained() {
    return left.variance(tokens) / whole.variance(tokens);
  }

  double linear() {
    return linear.variance(tokens) / whole.variance(tokens);
  }
}
