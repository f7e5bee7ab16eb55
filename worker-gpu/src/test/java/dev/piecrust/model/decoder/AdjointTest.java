package dev.piecrust.model.decoder;

import static dev.piecrust.model.Fixtures.largestDifference;
import static dev.piecrust.model.Fixtures.values;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Ops;
import dev.piecrust.model.Skip;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The written-out adjoint in f64 against autograd over, and finite differences of, the local
 * replacement model; on two prompts of different length.
 */
class AdjointTest {
  /** docs/method.md §4's metrics, of the logits {@code [B,T,V]}. */
  enum Kind {
    LOGIT_DIFF,
    LOGSUMEXP
  }

  private static final int RIGHT = 7;
  private static final int WRONG = 11;
  private static final double STEP = 1e-5;

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();
  private final TokenBatch batch =
      new TokenBatch(
          List.of(
              Fixtures.ids("llama/untied-headsize", 0), Fixtures.ids("llama/untied-headsize", 1)));

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithAutogradAndWithFiniteDifferences(Kind kind) {
    Transformer loaded = Fixtures.load("llama/untied-headsize", folder, manager);
    Decoder model = (Decoder) Fixtures.inDoubles(loaded, manager);
    Trace trace = model.trace(manager, batch);
    NDArray embedded = Ops.embed(batch.ids(manager), model.weights().embed());
    LocalReplacement local = new LocalReplacement(model, trace, embedded, Skip.NONE);
    assertThat(
            largestDifference(values(local.hidden(manager, zeros(model))), values(trace.hidden())))
        .isLessThan(1e-10);

    List<NDArray> g = model.adjoint(manager, trace, hiddenGradient(model, trace, kind));

    List<NDArray> expected = autograd(model, local, kind);
    for (int t = 0; t < model.layers(); t++) {
      double scale = largestDifference(values(expected.get(t)), new double[(int) g.get(t).size()]);
      assertThat(scale).isPositive();
      assertThat(largestDifference(values(g.get(t)), values(expected.get(t))) / scale)
          .as("layer %d against autograd", t)
          .isLessThan(1e-6);
      for (int seed = 0; seed < 3; seed++) {
        agreesAlong(direction(model, t, seed), model, local, kind, g, t);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithAutogradThroughASkip(InputHook hook) {
    Transformer loaded = Fixtures.load("llama/untied-headsize", folder, manager);
    Decoder model = (Decoder) Fixtures.inDoubles(loaded, manager);
    Trace trace = model.trace(manager, batch);
    Shape square = new Shape(model.width(), model.width());
    Random random = new Random(9);
    List<Optional<NDArray>> weights = new ArrayList<>();
    for (int l = 0; l < model.layers(); l++) {
      double[] values = random.doubles(square.size(), -0.2, 0.2).toArray();
      NDArray weight = Ops.constant(manager, values, square, DataType.FLOAT64);
      weights.add(l == 1 ? Optional.empty() : Optional.of(weight));
    }
    Skip skip = new Skip(hook, weights);
    NDArray embedded = Ops.embed(batch.ids(manager), model.weights().embed());
    LocalReplacement local = new LocalReplacement(model, trace, embedded, skip);
    NDArray hidden = hiddenGradient(model, trace, Kind.LOGIT_DIFF);

    List<NDArray> g = model.adjoint(manager, trace, hidden, Transformer.Linearity.LOCAL, skip);

    List<NDArray> expected = autograd(model, local, Kind.LOGIT_DIFF);
    List<NDArray> without = model.adjoint(manager, trace, hidden);
    for (int t = 0; t < model.layers(); t++) {
      double[] right = values(expected.get(t));
      double scale = Arrays.stream(right).map(Math::abs).max().orElseThrow();
      assertThat(largestDifference(values(g.get(t)), right) / scale).isLessThan(1e-6);
    }
    assertThat(largestDifference(values(g.get(0)), values(without.get(0)))).isGreaterThan(1e-3);
  }

  private void agreesAlong(
      double[] direction,
      Decoder model,
      LocalReplacement local,
      Kind kind,
      List<NDArray> g,
      int t) {
    double forward = metric(model, local.hidden(manager, along(model, t, direction, STEP)), kind);
    double backward = metric(model, local.hidden(manager, along(model, t, direction, -STEP)), kind);
    double[] gradient = values(g.get(t));
    double slope =
        IntStream.range(0, gradient.length).mapToDouble(i -> gradient[i] * direction[i]).sum();
    double difference = (forward - backward) / (2 * STEP);
    assertThat(Math.abs(slope - difference) / Math.abs(difference))
        .as("layer %d against finite differences", t)
        .isLessThan(1e-6);
  }

  /** By hand: one at the right answer and minus one at the wrong; or the softmax. */
  private NDArray hiddenGradient(Decoder model, Trace trace, Kind kind) {
    NDArray logits = model.unembed(trace.hidden()); // [B,T,V]
    NDArray gradient;
    if (kind == Kind.LOGSUMEXP) {
      gradient = logits.softmax(2).mul(real(model));
    } else {
      gradient = logits.zerosLike();
      for (int b = 0; b < batch.size(); b++) {
        gradient.set(index(b, RIGHT), 1.0);
        gradient.set(index(b, WRONG), -1.0);
      }
    }
    long rows = (long) batch.size() * batch.width();
    NDArray hidden = trace.hidden().reshape(rows, model.width());
    return model
        .unembedAdjoint(hidden, gradient.reshape(rows, model.vocabulary()))
        .reshape(trace.hidden().getShape());
  }

  private NDIndex index(int b, int token) {
    return new NDIndex("{},{},{}", b, batch.length(b) - 1, token);
  }

  private List<NDArray> autograd(Decoder model, LocalReplacement local, Kind kind) {
    List<NDArray> leaves = zeros(model);
    leaves.forEach(leaf -> leaf.setRequiresGradient(true));
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      collector.backward(metricArray(model, local.hidden(manager, leaves), kind));
    }
    return leaves.stream().map(NDArray::getGradient).toList();
  }

  private double metric(Decoder model, NDArray hidden, Kind kind) {
    return metricArray(model, hidden, kind).toDoubleArray()[0];
  }

  private NDArray metricArray(Decoder model, NDArray hidden, Kind kind) {
    NDArray logits = model.unembed(hidden); // [B,T,V]
    if (kind == Kind.LOGSUMEXP) {
      return logits.exp().sum(new int[] {2}, true).log().mul(real(model)).sum();
    }
    NDArray sum = manager.zeros(new Shape(), DataType.FLOAT64);
    for (int b = 0; b < batch.size(); b++) {
      sum = sum.add(logits.get(index(b, RIGHT))).sub(logits.get(index(b, WRONG)));
    }
    return sum;
  }

  /** 1 at the prompts' own positions, 0 where filled up, {@code [B,T,1]}. */
  private NDArray real(Decoder model) {
    double[] mask = new double[batch.size() * batch.width()];
    for (int b = 0; b < batch.size(); b++) {
      Arrays.fill(mask, b * batch.width(), b * batch.width() + batch.length(b), 1);
    }
    Shape shape = new Shape(batch.size(), batch.width(), 1);
    return Ops.constant(manager, mask, shape, model.weights().embed().getDataType());
  }

  private List<NDArray> zeros(Decoder model) {
    List<NDArray> zeros = new ArrayList<>();
    for (int t = 0; t < model.layers(); t++) {
      zeros.add(manager.zeros(shape(model), DataType.FLOAT64));
    }
    return zeros;
  }

  private List<NDArray> along(Decoder model, int t, double[] direction, double step) {
    List<NDArray> additions = zeros(model);
    double[] values = Arrays.stream(direction).map(v -> v * step).toArray();
    additions.set(t, Ops.constant(manager, values, shape(model), DataType.FLOAT64));
    return additions;
  }

  private double[] direction(Decoder model, int t, int seed) {
    Random random = new Random(31L * t + seed);
    return random.doubles(shape(model).size(), -1, 1).toArray();
  }

  private Shape shape(Decoder model) {
    return new Shape(batch.size(), batch.width(), model.width());
  }
}
