package dev.piecrust.model;

import static dev.piecrust.model.Fixtures.relativeDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prompts that are read on token by token, against whole passes and against transformers. Gemma's
 * windows are 7 tokens long.
 */
class ContinuationTest {
  private static final int FIRST = 5;

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** Three prompts of 40 tokens. */
  private static List<int[]> prompts(String name) {
    int[] ids = Fixtures.ids(name, 1);
    int[] other = ids.clone();
    int[] third = ids.clone();
    for (int p = 1; p < ids.length; p++) {
      other[p] = 2 + (ids[p] + 7) % 58;
      third[p] = ids[ids.length - p];
    }
    return List.of(ids, other, third);
  }

  @ParameterizedTest
  @CsvSource({
    "llama/grouped-tied, false",
    "llama/untied-headsize, true",
    "gemma2/capped, false",
    "gemma2/capped, true",
    "gemma2/uncapped, true",
    "qwen2/windows, true",
    "qwen3/tied, true",
    "gemma3/pattern, true"
  })
  void eachStepIsWhatAWholePassGives(String name, boolean patched) {
    Transformer model = Fixtures.load(name, folder, manager);
    agrees(model, prompts(name), patched, DataType.FLOAT32, 1e-4);
    Transformer wide = Fixtures.inDoubles(model, manager);
    agrees(wide, prompts(name), patched, DataType.FLOAT64, 1e-10);
  }

  private void agrees(
      Transformer model, List<int[]> prompts, boolean patched, DataType type, double tolerance) {
    int length = prompts.get(0).length;
    List<NDArray> patch = patched ? noise(model, type) : List.of();
    List<NDArray> everywhere =
        patch.stream().map(p -> p.broadcast(new Shape(3, length, model.width()))).toList();
    NDArray whole = model.run(manager, new TokenBatch(prompts), everywhere); // [3,40,d]
    TokenBatch begun = new TokenBatch(prompts.stream().map(p -> Arrays.copyOf(p, FIRST)).toList());
    try (Continuation continuation = model.begin(manager, begun, patch)) {
      for (int p = FIRST; ; p++) {
        assertThat(continuation.length()).isEqualTo(p);
        NDArray expected = whole.get(new NDIndex(":,{}", p - 1)); // [3,d]
        assertThat(relativeDifference(continuation.hidden(), expected))
            .as("%d tokens", p)
            .isLessThan(tolerance);
        if (p == length) {
          return;
        }
        int at = p;
        continuation.read(prompts.stream().mapToInt(prompt -> prompt[at]).toArray());
      }
    }
  }

  private List<NDArray> noise(Transformer model, DataType type) {
    Random random = new Random(5);
    List<NDArray> noise = new ArrayList<>();
    Shape shape = new Shape(3, 1, model.width());
    for (int l = 0; l < model.layers(); l++) {
      double[] values = random.doubles(shape.size(), -1, 1).toArray();
      noise.add(Ops.constant(manager, values, shape, type));
    }
    return noise;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"llama/grouped-tied", "llama/untied-headsize", "gemma2/capped", "gemma2/uncapped"})
  void theLikeliestTokensAreThoseOfTransformers(String name) throws IOException {
    Path file = Fixtures.checkpoint("generations.json");
    JsonNode reference = new ObjectMapper().readTree(file.toFile()).path(name);
    int[] prompt = ints(reference.path("prompt"));
    int[] expected = ints(reference.path("continuation"));
    Transformer model = Fixtures.load(name, folder, manager);
    int[] found = new int[expected.length];
    try (Continuation continuation =
        model.begin(manager, new TokenBatch(List.of(prompt)), List.of())) {
      for (int i = 0; i < found.length; i++) {
        NDArray logits = model.unembed(continuation.hidden()); // [1,V]
        found[i] = (int) logits.argMax(1).getLong();
        continuation.read(new int[] {found[i]});
      }
    }
    assertThat(found).containsExactly(expected);
  }

  private static int[] ints(JsonNode list) {
    int[] values = new int[list.size()];
    Arrays.setAll(values, i -> list.get(i).asInt());
    return values;
  }

  @Test
  void holdsNothingOnceClosedAndNoMoreArraysWhileItGrows() {
    Transformer model = Fixtures.load("gemma2/capped", folder, manager);
    try (NDManager unit = manager.newSubManager()) {
      Continuation continuation =
          model.begin(unit, new TokenBatch(List.of(new int[] {0, 3, 4})), List.of());
      int held = continuation.hidden().getManager().getManagedArrays().size();
      for (int i = 0; i < 20; i++) {
        continuation.read(new int[] {5});
        assertThat(continuation.hidden().getManager().getManagedArrays()).hasSize(held);
      }
      continuation.close();
      assertThat(unit.getManagedArrays()).isEmpty();
    }
  }

  @Test
  void refusesPromptsOfSeveralLengthsAndTokensPastTheModelsEnd() {
    Transformer model = Fixtures.load("llama/grouped-tied", folder, manager);
    TokenBatch mixed = new TokenBatch(List.of(new int[] {0, 3}, new int[] {0}));
    assertThatThrownBy(() -> model.begin(manager, mixed, List.of()))
        .hasMessage("prompts that go on together need one length");
    TokenBatch full = new TokenBatch(List.of(new int[128]));
    try (Continuation continuation = model.begin(manager, full, List.of())) {
      assertThatThrownBy(() -> continuation.read(new int[] {1}))
          .hasMessage("a prompt has 129 tokens; expected at most the model's 128 positions");
      assertThatThrownBy(() -> continuation.read(new int[] {1, 2}))
          .hasMessage("2 tokens for 1 prompts");
    }
  }
}
