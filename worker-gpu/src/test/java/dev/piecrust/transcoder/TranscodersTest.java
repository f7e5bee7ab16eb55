package dev.piecrust.transcoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Residence;
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

/**
 * Transcoder folders of one layer, two features and width two: what is read, and what is refused.
 */
class TranscodersTest {
  private static final String CONFIG =
      """
      model_kind: cross_layer_transcoder
      feature_input_hook: hook_resid_mid
      feature_output_hook: hook_mlp_out
      """;

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();

  @BeforeEach
  void writeSoundFolder() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), CONFIG);
    writeEncoder(new float[] {1, 0, 0, 1}, true, 2, 2);
    writeDecoder(new float[] {1, 2, 3, 4}, 2, 1, 2);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void jumpReluPassesWhatExceedsItsThreshold() {
    try (Transcoder transcoder = load()) {
      NDArray x = manager.create(new float[] {0.5f, 2, 3, 0.25f}, new Shape(2, 2));
      assertThat(transcoder.encode(0, x).toFloatArray()).containsExactly(0, 2, 3, 0);
    }
  }

  @Test
  void reluPassesWhatIsPositive() {
    writeEncoder(new float[] {1, 0, 0, 1}, false, 2, 2);
    try (Transcoder transcoder = load()) {
      NDArray x = manager.create(new float[] {0.5f, -2}, new Shape(1, 2));
      float[] active = transcoder.encode(0, x).toFloatArray();
      assertThat(active[0]).isEqualTo(0.5f);
      assertThat(active[1]).isZero();
    }
  }

  @Test
  void readsOnlyTheDecoderRowsAskedFor() {
    try (Transcoder transcoder = load()) {
      NDArray rows = transcoder.decoderRows(manager, 0, new int[] {1});
      assertThat(rows.getShape()).isEqualTo(new Shape(1, 1, 2));
      assertThat(rows.toFloatArray()).containsExactly(3, 4);
    }
  }

  @Test
  void refusesAnotherKindOfTranscoder() throws IOException {
    Files.writeString(folder.resolve("config.yaml"), CONFIG.replace("cross_layer", "skip"));
    refuses("config.yaml", "model_kind", "cross_layer_transcoder");
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(folder.resolve("W_dec_0.safetensors"));
    refuses("W_dec_0.safetensors", "there is no such file");
  }

  @Test
  void refusesAnotherWidthThanTheModels() {
    writeEncoder(new float[] {1, 0, 0, 1, 1, 1}, true, 2, 3);
    refuses("W_enc_0", "[2, 3]", "[features, 2]");
  }

  @Test
  void refusesADecoderThatDoesNotFitItsEncoder() {
    writeDecoder(new float[] {1, 2, 3, 4, 5, 6}, 3, 1, 2);
    refuses("W_dec_0", "[3, 1, 2]", "[2, 1, 2]");
  }

  @Test
  void refusesNotANumberInAnEncoder() {
    writeEncoder(new float[] {1, Float.NaN, 0, 1}, true, 2, 2);
    refuses("W_enc_0", "NaN");
  }

  @Test
  void refusesNotANumberInADecoderRowWhenItIsRead() {
    writeDecoder(new float[] {1, 2, Float.POSITIVE_INFINITY, 4}, 2, 1, 2);
    try (Transcoder transcoder = load()) {
      assertThat(transcoder.decoderRows(manager, 0, new int[] {0}).toFloatArray())
          .containsExactly(1, 2);
      assertThatExceptionOfType(PieCrustException.class)
          .isThrownBy(() -> transcoder.decoderRows(manager, 0, new int[] {1}))
          .withMessageContaining("W_dec_0.safetensors: what feature 1 of layer 0 writes holds");
    }
  }

  @Test
  void refusesATranscoderOfAModelWithMoreLayers() throws IOException {
    Files.copy(folder.resolve("W_enc_0.safetensors"), folder.resolve("W_enc_1.safetensors"));
    refuses("more than the model's 1 layers");
  }

  @Test
  void refusesEncodersThatDoNotFitBeforeLoadingThem() {
    assertThatExceptionOfType(PieCrustException.class)
        .isThrownBy(
            () -> Transcoders.load(folder, manager, 1, 2, device -> 1 << 20, Residence.MEMORY))
        .withMessageContaining("4 parameters in f32")
        .withMessageContaining("1 MiB free")
        .satisfies(e -> assertThat(e.category()).isEqualTo(FailureCategory.RESOURCES));
  }

  private Transcoder load() {
    return Transcoders.load(folder, manager, 1, 2);
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

  private void writeEncoder(float[] weight, boolean threshold, long... shape) {
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("W_enc_0", RawTensor.ofFloats(weight, shape));
    tensors.put("b_enc_0", RawTensor.ofFloats(new float[2], 2));
    tensors.put("b_dec_0", RawTensor.ofFloats(new float[2], 2));
    if (threshold) {
      tensors.put("threshold_0", RawTensor.ofFloats(new float[] {1, 1}, 2));
    }
    SafeTensorsWriter.writeRaw(folder.resolve("W_enc_0.safetensors"), tensors, Map.of());
  }

  private void writeDecoder(float[] rows, long... shape) {
    SafeTensorsWriter.writeRaw(
        folder.resolve("W_dec_0.safetensors"),
        Map.of("W_dec_0", RawTensor.ofFloats(rows, shape)),
        Map.of());
  }
}
