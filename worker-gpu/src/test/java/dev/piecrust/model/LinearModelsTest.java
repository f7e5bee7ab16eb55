package dev.piecrust.model;

import static dev.piecrust.model.Fixtures.largestDifference;
import static dev.piecrust.model.Fixtures.values;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The written-out adjoints in f64 against PyTorch's autograd over the model of Hugging Face
 * transformers with detached patterns, norms' denominators and MLP factors, through the committed
 * fixtures.
 */
class LinearModelsTest {
  private static final int RIGHT = 7;
  private static final int WRONG = 11;
  private static final int POINTS = 5;

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "llama/untied-headsize, LOCAL",
    "llama/untied-headsize, RELP",
    "gemma2/capped, LOCAL",
    "gemma2/capped, RELP",
    "qwen2/windows, LOCAL",
    "qwen2/windows, RELP",
    "qwen3/tied, LOCAL",
    "qwen3/tied, RELP",
    "gemma3/pattern, LOCAL",
    "gemma3/pattern, RELP",
    "gemma3/capped, LOCAL",
    "gemma3/capped, RELP"
  })
  void agreeWithAutogradOfPromptsInOneBatch(String name, Linearity linearity) {
    Transformer model = Fixtures.inDoubles(Fixtures.load(name, folder, manager), manager);
    TokenBatch batch = new TokenBatch(List.of(Fixtures.ids(name, 0), Fixtures.ids(name, 1)));
    Trace trace = model.trace(manager, batch);
    NDArray gradient = hiddenGradient(model, trace);

    List<NDArray> g = model.adjoint(manager, trace, gradient, linearity);

    for (int b = 0; b < batch.size(); b++) {
      for (int t = 0; t < model.layers(); t++) {
        NDArray found = g.get(t).get(new NDIndex("{},:{}", b, batch.length(b)));
        double[] expected = Fixtures.gradient(name, b, linearity, t);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largestDifference(values(found), expected) / scale)
            .as("layer %d of prompt %d", t, b)
            .isLessThan(1e-10);
      }
    }
  }

  /**
   * What {@code fap-ig} averages: patterns and norms, those of heads among them, are of the patched
   * pass.
   */
  @ParameterizedTest
  @ValueSource(strings = {"qwen2/windows", "qwen3/tied", "gemma3/capped"})
  void agreeWithAutogradAlongThePathToAPatch(String name) {
    Transformer model = Fixtures.inDoubles(Fixtures.load(name, folder, manager), manager);
    for (int prompt = 0; prompt < 2; prompt++) {
      TokenBatch batch = new TokenBatch(List.of(Fixtures.ids(name, prompt)));
      List<double[]> sum = new ArrayList<>();
      for (int point = 0; point < POINTS; point++) {
        List<NDArray> patch = patch(name, prompt, batch.width(), (point + 0.5) / POINTS);
        Trace trace = model.trace(manager, batch, patch);
        List<NDArray> g = model.adjoint(manager, trace, hiddenGradient(model, trace));
        for (int t = 0; t < model.layers(); t++) {
          double[] found = values(g.get(t));
          double[] before = point == 0 ? new double[found.length] : sum.get(t);
          double[] now = new double[found.length];
          Arrays.setAll(now, i -> before[i] + found[i] / POINTS);
          if (point == 0) {
            sum.add(now);
          } else {
            sum.set(t, now);
          }
        }
      }
      for (int t = 0; t < model.layers(); t++) {
        double[] expected = Fixtures.pathGradient(name, prompt, t);
        double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largestDifference(sum.get(t), expected) / scale)
            .as("layer %d of prompt %d", t, prompt)
            .isLessThan(1e-10);
      }
    }
  }

  private List<NDArray> patch(String name, int prompt, int tokens, double share) {
    List<NDArray> patch = new ArrayList<>();
    for (int l = 0; l < 2; l++) {
      double[] values =
          Arrays.stream(Fixtures.patch(name, prompt, l)).map(v -> v * share).toArray();
      Shape shape = new Shape(1, tokens, values.length / tokens);
      patch.add(Ops.constant(manager, values, shape, DataType.FLOAT64));
    }
    return patch;
  }

  /** Of the logit difference at the last position plus the log-sum-exp of every position. */
  private NDArray hiddenGradient(Transformer model, Trace trace) {
    NDArray logits = model.unembed(trace.hidden()); // [B,T,V]
    NDArray gradient = logits.softmax(2);
    TokenBatch batch = trace.batch();
    for (int b = 0; b < batch.size(); b++) {
      int last = batch.length(b) - 1;
      add(gradient, new NDIndex("{},{},{}", b, last, RIGHT), 1);
      add(gradient, new NDIndex("{},{},{}", b, last, WRONG), -1);
      if (last + 1 < batch.width()) {
        gradient.set(new NDIndex("{},{}:", b, last + 1), 0);
      }
    }
    long rows = (long) batch.size() * batch.width();
    NDArray hidden = trace.hidden().reshape(rows, model.width());
    NDArray flat = gradient.reshape(new Shape(rows, model.vocabulary()));
    return model.unembedAdjoint(hidden, flat).reshape(trace.hidden().getShape());
  }

  private static void add(NDArray array, NDIndex at, double value) {
    array.set(at, array.get(at).toDoubleArray()[0] + value);
  }
}
