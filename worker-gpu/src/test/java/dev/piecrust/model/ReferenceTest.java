package dev.piecrust.model;

import static dev.piecrust.model.Fixtures.largestDifference;
import static dev.piecrust.model.Fixtures.values;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Hugging Face transformers, through the committed fixtures. */
class ReferenceTest {
  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  static List<String> names() {
    return List.of(
        "llama/grouped-tied",
        "llama/untied-headsize",
        "llama/sharded-bf16",
        "gemma2/capped",
        "gemma2/uncapped",
        "qwen2/tied",
        "qwen2/windows",
        "qwen3/tied",
        "qwen3/untied",
        "gemma3/pattern",
        "gemma3/capped");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesInF32(String name) {
    try (Transformer model = Fixtures.load(name, folder, manager)) {
      agrees(model, name, "f32", 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void agreesInF64(String name) {
    try (Transformer model = Fixtures.load(name, folder, manager)) {
      agrees(Fixtures.inDoubles(model, manager), name, "f64", 1e-10);
    }
  }

  private void agrees(Transformer model, String name, String precision, double tolerance) {
    for (int prompt = 0; prompt < 2; prompt++) {
      TokenBatch batch = new TokenBatch(List.of(Fixtures.ids(name, prompt)));
      Trace trace = model.trace(manager, batch);
      assertThat(trace.hidden().getShape()).isEqualTo(new Shape(1, batch.width(), model.width()));
      same(model.unembed(trace.hidden()), name, prompt, precision, "logits", tolerance);
      NDArray run = model.run(manager, batch, List.of());
      same(model.unembed(run), name, prompt, precision, "logits", tolerance);
      for (int l = 0; l < model.layers(); l++) {
        same(trace.residMid().get(l), name, prompt, precision, "resid_mid_" + l, tolerance);
        same(trace.mlpOut().get(l), name, prompt, precision, "mlp_out_" + l, tolerance);
      }
    }
  }

  private static void same(
      NDArray found, String name, int prompt, String precision, String what, double tolerance) {
    double[] expected = Fixtures.reference(name, prompt, precision, what);
    assertThat(largestDifference(values(found), expected))
        .as("%s of prompt %d", what, prompt)
        .isLessThan(tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama/grouped-tied", "gemma3/pattern"})
  void readsTheConfigOfOlderTransformersAlike(String name) throws IOException {
    Fixtures.folder(name, folder);
    Files.move(
        folder.resolve("config.transformers4.json"),
        folder.resolve("config.json"),
        StandardCopyOption.REPLACE_EXISTING);
    try (Transformer model = Models.load(folder, manager)) {
      agrees(model, name, "f32", 1e-4);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void fillingUpChangesNoLogit(String name) {
    try (Transformer model = Fixtures.load(name, folder, manager)) {
      int[] shorter = Fixtures.ids(name, 0);
      int[] longer = Fixtures.ids(name, 1);
      TokenBatch both = new TokenBatch(List.of(shorter, longer, shorter));
      NDArray together = model.unembed(model.run(manager, both, List.of())); // [3,40,V]
      for (int b = 0; b < 3; b++) {
        TokenBatch alone = new TokenBatch(List.of(both.prompts().get(b)));
        NDArray expected = model.unembed(model.run(manager, alone, List.of())).get(0);
        NDArray found = together.get(b).get("0:{}", both.length(b));
        assertThat(largestDifference(values(found), values(expected))).isLessThan(1e-5);
      }
    }
  }

  @Test
  void positionsBeyondTheFirstTablesGrowThem() {
    try (Transformer model = Fixtures.load("llama/grouped-tied", folder, manager)) {
      int[] longest = new int[128];
      System.arraycopy(Fixtures.ids("llama/grouped-tied", 1), 0, longest, 0, 40);
      NDArray logits =
          model.unembed(model.run(manager, new TokenBatch(List.of(longest)), List.of()));
      same(logits.get(0).get("0:40"), "llama/grouped-tied", 1, "f32", "logits", 1e-4);
    }
  }
}
