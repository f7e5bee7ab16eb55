package dev.piecrust.transcoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.InputHook;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of per-layer transcoders: two layers, two features, width two. */
class TranscoderSetTest {
  private static final String CONFIG =
      """
      model_kind: transcoder_set
      feature_input_hook: hook_resid_mid
      feature_output_hook: hook_mlp_out
      """;

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  @BeforeEach
  void writeSoundFolder() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), CONFIG);
    write("layer_0.safetensors", Map.of());
    write("layer_1.safetensors", Map.of());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void eachFeatureWritesToItsOwnLayerAlone() {
    try (Transcoder transcoder = load()) {
      assertThat(transcoder.layers()).isEqualTo(2);
      assertThat(transcoder.writes(0)).isEqualTo(1);
      NDArray rows = transcoder.decoderRows(manager, 0, new int[] {1});
      assertThat(rows.getShape()).isEqualTo(new Shape(1, 1, 2));
      assertThat(rows.toFloatArray()).containsExactly(3, 4);
    }
  }

  @Test
  void appliesTheThresholdOfItsActivationFunction() throws IOException {
    write(
        "layer_0.safetensors",
        Map.of("activation_function.threshold", RawTensor.ofFloats(new float[] {1, 1})));
    try (Transcoder transcoder = load()) {
      NDArray x = manager.create(new float[] {0.5f, 2}, new Shape(1, 2));
      assertThat(transcoder.encode(0, x).toFloatArray()).containsExactly(0, 2);
      assertThat(transcoder.encode(1, x).toFloatArray()).containsExactly(0.5f, 2);
    }
  }

  @Test
  void takesTheFilesThatTheConfigListsInTheirOrder() throws IOException {
    Files.move(folder.resolve("layer_0.safetensors"), folder.resolve("first.safetensors"));
    Files.writeString(
        folder.resolve("config.yaml"),
        CONFIG + "transcoders: [first.safetensors, layer_1.safetensors]\n");
    try (Transcoder transcoder = load()) {
      assertThat(transcoder.features()).isEqualTo(2);
    }
  }

  @Test
  void refusesAListOfAnotherLengthOrOfFilesElsewhere() throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"), CONFIG + "transcoders: [layer_0.safetensors]\n");
    refuses("lists 1 transcoders", "2 layers");
    Files.writeString(
        folder.resolve("config.yaml"), CONFIG + "transcoders: ['hf://a/b/c.safetensors']\n");
    refuses("lists 1 transcoders", "2 layers");
    Files.writeString(
        folder.resolve("config.yaml"),
        CONFIG + "transcoders: ['hf://a/b/c.safetensors', layer_1.safetensors]\n");
    refuses(
        "lists hf://a/b/c.safetensors, which is not there", "hub/a/b/main/c.safetensors", "fetch");
    Files.writeString(
        folder.resolve("config.yaml"), CONFIG + "transcoders: ['../layer_0.safetensors', x]\n");
    refuses("../layer_0.safetensors", "same folder");
    Files.writeString(
        folder.resolve("config.yaml"), CONFIG + "transcoders: [\"a\\0.safetensors\", x]\n");
    refuses("transcoders names", "same folder");
    Files.writeString(
        folder.resolve("config.yaml"), CONFIG + "transcoders: [\"hf://a/b/\\0.safetensors\", x]\n");
    refuses("transcoders names", "same folder");
    Files.writeString(
        folder.resolve("config.yaml"),
        CONFIG + "transcoders: [layer_0.safetensors, layer_0.safetensors]\n");
    refuses("lists layer_0.safetensors for layer 0 and for layer 1", "another file for each");
    Files.writeString(
        folder.resolve("config.yaml"),
        CONFIG + "transcoders: [layer_0.safetensors, layer_1.safetensors, layer_0.safetensors]\n");
    refuses("lists 3 transcoders", "2 layers");
  }

  @Test
  void leavesOutALastFileThatAListRepeats() throws IOException {
    String last = "layer_1.safetensors";
    Files.writeString(
        folder.resolve("config.yaml"),
        CONFIG + "transcoders: [layer_0.safetensors, %s, %s, %s]\n".formatted(last, last, last));
    try (Transcoder transcoder = load()) {
      assertThat(transcoder.layers()).isEqualTo(2);
    }
  }

  @Test
  void refusesMoreLayersThanTheModelHas() {
    write("layer_2.safetensors", Map.of());
    refuses("more than the model's 2 layers");
  }

  @Test
  void readsTheLinearPartOfALayerThatHasIt() {
    write(
        "layer_1.safetensors",
        Map.of("W_skip", RawTensor.ofFloats(new float[] {1, 2, 3, 4}, 2, 2)));
    try (Transcoder transcoder = load()) {
      assertThat(transcoder.skip().weight(0)).isEmpty();
      assertThat(transcoder.skip().weight(1).orElseThrow().toFloatArray())
          .containsExactly(1, 2, 3, 4);
    }
    write("layer_1.safetensors", Map.of("W_skip", RawTensor.ofFloats(new float[4], 4)));
    refuses("layer_1.safetensors", "W_skip has shape [4], expected [2, 2]");
  }

  @Test
  void aLayerWithoutABiasHasZeros() throws IOException {
    Files.delete(folder.resolve("layer_0.safetensors"));
    SafeTensorsWriter.writeRaw(
        folder.resolve("layer_0.safetensors"),
        Map.of(
            "W_enc", RawTensor.ofFloats(new float[] {1, 0, 0, 1}, 2, 2),
            "W_dec", RawTensor.ofFloats(new float[] {1, 2, 3, 4}, 2, 2)),
        Map.of());
    try (Transcoder transcoder = load()) {
      NDArray x = manager.create(new float[] {0.5f, -2}, new Shape(1, 2));
      assertThat(transcoder.encode(0, x).toFloatArray()).containsExactly(0.5f, 0);
    }
  }

  @Test
  void topKKeepsTheLargestOfThoseAboveZero() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), CONFIG + "activation: topk\nk: 1\n");
    try (Transcoder transcoder = load()) {
      NDArray x = manager.create(new float[] {3, 2, -1, -2, 0.5f, 2}, new Shape(3, 2));
      assertThat(transcoder.encode(0, x).toFloatArray())
          .isEqualTo(new float[] {3, 0, 0, -0f, 0, 2});
    }
  }

  @Test
  void anotherHookIsAnotherTranscoder() throws IOException {
    String before;
    try (Transcoder transcoder = load()) {
      assertThat(transcoder.hook()).isEqualTo(InputHook.RESID_MID);
      before = transcoder.fingerprint();
    }
    Files.writeString(
        folder.resolve("config.yaml"),
        CONFIG
            .replace("hook_resid_mid", "blocks.0.mlp.hook_in")
            .replace("hook_mlp_out", "mlp.hook_out"));
    try (Transcoder transcoder = load()) {
      assertThat(transcoder.hook()).isEqualTo(InputHook.MLP_IN);
      assertThat(transcoder.fingerprint()).isNotEqualTo(before);
    }
  }

  @Test
  void refusesAnotherHookOrActivation() throws IOException {
    Files.writeString(
        folder.resolve("config.yaml"), CONFIG.replace("hook_resid_mid", "hook_resid_pre"));
    refuses(
        "feature_input_hook is hook_resid_pre", "hook_resid_mid, ln2.hook_normalized, mlp.hook_in");
    Files.writeString(
        folder.resolve("config.yaml"), CONFIG.replace("hook_mlp_out", "hook_resid_post"));
    refuses("feature_output_hook is hook_resid_post", "hook_mlp_out or mlp.hook_out");
    Files.writeString(folder.resolve("config.yaml"), CONFIG + "activation: topk\n");
    refuses("k is missing", "expected a whole number from 1 up");
    Files.writeString(folder.resolve("config.yaml"), CONFIG + "activation: gelu\n");
    refuses("activation is gelu", "relu, jump_relu or topk");
  }

  @Test
  void refusesADecoderThatWritesToSeveralLayers() {
    write("layer_0.safetensors", Map.of("W_dec", RawTensor.ofFloats(new float[8], 2, 2, 2)));
    refuses("W_dec", "[2, 2, 2]", "[2, 2]");
  }

  private Transcoder load() {
    return Transcoders.load(folder, manager, 2, 2);
  }

  private void refuses(String... words) {
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(() -> load().close())
        .satisfies(
            e -> {
              assertThat(e.category()).isEqualTo(FailureCategory.USER);
              assertThat(e.getMessage()).contains(words).doesNotContain("\n");
            });
  }

  private void write(String file, Map<String, RawTensor> others) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("W_enc", RawTensor.ofFloats(new float[] {1, 0, 0, 1}, 2, 2));
    tensors.put("b_enc", RawTensor.ofFloats(new float[2]));
    tensors.put("b_dec", RawTensor.ofFloats(new float[2]));
    tensors.put("W_dec", RawTensor.ofFloats(new float[] {1, 2, 3, 4}, 2, 2));
    tensors.putAll(others);
    SafeTensorsWriter.writeRaw(folder.resolve(file), tensors, Map.of());
  }
}
