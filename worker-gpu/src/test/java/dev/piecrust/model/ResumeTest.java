package dev.piecrust.model;

import static dev.piecrust.model.Fixtures.relativeDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Passes over a part of the layers and positions, against whole passes. */
class ResumeTest {
  private static final String LLAMA = "llama/grouped-tied";
  private static final int VARIANTS = 3;
  private static final int WIDTH = 24;

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();
  private TokenBatch prompt = new TokenBatch(List.of(Fixtures.ids(LLAMA, 1)));
  private int layers = 3;

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({
    "llama/grouped-tied, false",
    "llama/grouped-tied, true",
    "gemma2/capped, false",
    "gemma2/capped, true",
    "qwen2/windows, true",
    "qwen3/tied, false",
    "gemma3/pattern, true"
  })
  void agreesWithWholePasses(String name, boolean patchedBase) {
    Transformer model = Fixtures.load(name, folder, manager);
    prompt = new TokenBatch(List.of(Fixtures.ids(name, 1)));
    layers = model.layers();
    agreesEverywhere(model, DataType.FLOAT32, patchedBase, 1e-5);
    Transformer wide = Fixtures.inDoubles(model, manager);
    agreesEverywhere(wide, DataType.FLOAT64, patchedBase, 1e-10);
  }

  private void agreesEverywhere(
      Transformer model, DataType type, boolean patchedBase, double tolerance) {
    List<NDArray> basePatch = patchedBase ? noise(1, 0, 0, type, 5) : List.of();
    Trace base = model.trace(manager, prompt, basePatch);
    TokenBatch copies = new TokenBatch(Collections.nCopies(VARIANTS, prompt.prompts().get(0)));
    for (int layer = 0; layer < layers; layer++) {
      for (int position : new int[] {0, 1, 7, prompt.width() - 1}) {
        List<NDArray> patch = noise(VARIANTS, layer, position, type, 31 * layer + position);
        NDArray whole = model.run(manager, copies, filledUp(patch, position, basePatch));
        NDArray expected = whole.get(new NDIndex(":,{}:", position));
        NDArray found = model.resume(manager, base, layer, position, patch);
        assertThat(found.getShape()).isEqualTo(expected.getShape());
        assertThat(relativeDifference(found, expected))
            .as("layer %d, position %d", layer, position)
            .isLessThan(tolerance);
      }
    }
  }

  /** The patch of a whole pass: zeros before {@code position}, and what the base subtracts. */
  private List<NDArray> filledUp(List<NDArray> patch, int position, List<NDArray> basePatch) {
    List<NDArray> whole = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      DataType type = patch.get(0).getDataType();
      NDArray all = manager.zeros(new Shape(VARIANTS, prompt.width(), WIDTH), type);
      int from = layers - patch.size();
      if (l >= from) {
        all.set(new NDIndex(":,{}:", position), patch.get(l - from));
      }
      whole.add(basePatch.isEmpty() ? all : all.add(basePatch.get(l)));
    }
    return whole;
  }

  private List<NDArray> noise(int rows, int layer, int position, DataType type, int seed) {
    Random random = new Random(seed);
    List<NDArray> noise = new ArrayList<>();
    Shape shape = new Shape(rows, prompt.width() - position, WIDTH);
    for (int l = layer; l < layers; l++) {
      double[] values = random.doubles(shape.size(), -1, 1).toArray();
      noise.add(Ops.constant(manager, values, shape, type));
    }
    return noise;
  }

  @Test
  void theBaseMayOutliveThePatchThatItWasMadeWith() {
    Transformer model = Fixtures.load(LLAMA, folder, manager);
    List<NDArray> basePatch = noise(1, 0, 0, DataType.FLOAT32, 5);
    List<NDArray> patch = noise(VARIANTS, 1, 4, DataType.FLOAT32, 6);
    Trace base = model.trace(manager, prompt, basePatch);
    double[] expected = Fixtures.values(model.resume(manager, base, 1, 4, patch));
    basePatch.forEach(NDArray::close);
    double[] found = Fixtures.values(model.resume(manager, base, 1, 4, patch));
    assertThat(Arrays.equals(found, expected)).isTrue();
  }

  @Test
  void leavesItsResultAlone() {
    Transformer model = Fixtures.load(LLAMA, folder, manager);
    List<NDArray> patch = noise(VARIANTS, 1, 4, DataType.FLOAT32, 6);
    try (NDManager unit = manager.newSubManager();
        NDManager results = manager.newSubManager()) {
      Trace base = model.trace(unit, prompt);
      int before = unit.getManagedArrays().size();
      model.resume(results, base, 1, 4, patch);
      assertThat(results.getManagedArrays()).hasSize(1);
      assertThat(unit.getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void refusesPatchesThatDoNotFitTheRest() {
    Transformer model = Fixtures.load(LLAMA, folder, manager);
    Trace base = model.trace(manager, prompt);
    List<NDArray> patch = noise(VARIANTS, 1, 4, DataType.FLOAT32, 6);
    assertThatThrownBy(() -> model.resume(manager, base, 0, 4, patch))
        .hasMessage("1 prompts, and 2 patches from layer 0 of 3");
    assertThatThrownBy(() -> model.resume(manager, base, 1, 5, patch))
        .hasMessage("(3, 36, 24) instead of (3, 35, 24)");
  }
}
