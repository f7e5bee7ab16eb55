package dev.piecrust.model;

import static dev.piecrust.model.Fixtures.largestDifference;
import static dev.piecrust.model.Fixtures.values;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The written-out adjoints in f64 against PyTorch's autograd over the model of Hugging Face
 * transformers with detached patterns, norms' denominators and MLP factors, through the committed
 * fixtures.
 */
class LinearModelsTest {
  private static final int RIGHT = 7;
  private static final int WRONG = 11;

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
    "gemma2/capped, RELP"
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
