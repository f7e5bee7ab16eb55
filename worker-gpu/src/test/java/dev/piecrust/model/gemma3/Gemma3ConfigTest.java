package dev.piecrust.model.gemma3;

import static dev.piecrust.model.Fixtures.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.ConfigFolder;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Models;
import dev.piecrust.model.decoder.AttentionConfig;
import dev.piecrust.model.decoder.DecoderConfig;
import dev.piecrust.model.decoder.DecoderShape;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Gemma3ConfigTest {
  private static final String NAME = "gemma3/capped";

  @TempDir Path temporary;
  private final NDManager manager = TensorRuntime.start().newManager();
  private ConfigFolder checkpoint;

  @BeforeEach
  void copy() {
    checkpoint = new ConfigFolder(NAME, temporary.resolve("model"));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          final_logit_softcapping | null
          query_pre_attn_scalar   | 8
          sliding_window          | 3
          sliding_window          | null
          layer_types             | ["sliding_attention","sliding_attention"]
          rms_norm_eps            | 0.1
          rope_parameters         | {"full_attention":{"rope_theta":20},"sliding_attention":{"rope_theta":100}}
          rope_parameters         | {"full_attention":{"rope_theta":10000},"sliding_attention":{"rope_theta":20}}
          rope_parameters         | {"full_attention":{"rope_theta":10000,"rope_type":"linear","factor":8},"sliding_attention":{"rope_theta":100}}
          """)
  void everySettingShowsInTheLogits(String key, String value) {
    checkpoint.set(key, value);
    double[] logits = checkpoint.logits(Fixtures.ids(NAME, 1), manager);
    double[] before = Fixtures.reference(NAME, 1, "f64", "logits");
    assertThat(largestDifference(logits, before)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.language_model.", "language_model.model."})
  void readsTheLanguageModelOfOneThatReadsPictures(String place) throws IOException {
    checkpoint.change(
        config -> {
          ObjectNode text = config.deepCopy();
          config.removeAll();
          config.putArray("architectures").add("Gemma3ForConditionalGeneration");
          config.set("text_config", text);
          config.putObject("vision_config").put("hidden_size", 9);
        });
    Path weights = checkpoint.path().resolve("model.safetensors");
    Map<String, RawTensor> tensors = new LinkedHashMap<>();
    tensors.put("vision_tower.patches.weight", RawTensor.ofFloats(new float[6], 2, 3));
    try (SafeTensors read = SafeTensors.open(weights)) {
      for (String name : read.names()) {
        tensors.put(
            name.replaceFirst("^model\\.", place),
            RawTensor.ofFloats(read.readFloats(name), read.info(name).shape()));
      }
    }
    SafeTensorsWriter.writeRaw(weights, tensors, Map.of());
    double[] logits = checkpoint.logits(Fixtures.ids(NAME, 1), manager);
    double[] expected = Fixtures.reference(NAME, 1, "f64", "logits");
    assertThat(largestDifference(logits, expected)).isLessThan(1e-4);
    // Of the language model alone: the same number as of a checkpoint that is nothing else.
    assertThat(Models.checkpoint(checkpoint.path()).parameters())
        .isEqualTo(Models.checkpoint(Fixtures.folder(NAME, temporary.resolve("o"))).parameters());
  }

  @Test
  void readsWhatPublishedFilesLeaveOut() {
    checkpoint.change(
        config -> {
          config.removeAll();
          config.putArray("architectures").add("Gemma3ForConditionalGeneration");
          config
              .putObject("text_config")
              .put("hidden_size", 2560)
              .put("intermediate_size", 10_240)
              .put("num_hidden_layers", 34)
              .put("sliding_window", 1024)
              .putObject("rope_scaling")
              .put("factor", 8.0)
              .put("rope_type", "linear");
        });
    DecoderConfig read = Models.checkpoint(checkpoint.path()).decoder();
    assertThat(read.shape())
        .isEqualTo(new DecoderShape(262_208, 2560, 34, 8, 4, 256, 10_240, true));
    assertThat(read.attention().queryScale()).isEqualTo(1.0 / 16);
    assertThat(read.attention().cap()).isEmpty();
    assertThat(read.finalCap()).isEmpty();
    AttentionConfig.OfLayer local = read.attention().layers().get(4);
    AttentionConfig.OfLayer global = read.attention().layers().get(5);
    assertThat(local.window()).hasValue(1024);
    assertThat(global.window()).isEmpty();
    // theta^(-2/256) of each kind of layer, the second slowed by 8.
    assertThat(local.frequencies().get(1)).isEqualTo(Math.pow(1e4, -1.0 / 128));
    assertThat(global.frequencies().get(1)).isEqualTo(Math.pow(1e6, -1.0 / 128) / 8);
    assertThat(read.attention().layers().stream().filter(l -> l.window().isEmpty())).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attention_bias              | true                  | 'attention_bias' is true; expected false
          use_bidirectional_attention | true                  | 'use_bidirectional_attention' is true; expected false
          hidden_activation           | "gelu"                | 'hidden_activation' is "gelu"; expected "gelu_pytorch_tanh"
          rope_parameters             | {"full_attention":{"rope_type":"yarn"}} | 'rope_parameters.full_attention.rope_type' is "yarn"; expected "default", "linear" or "llama3"
          layer_types                 | ["full_attention"]    | 'layer_types' is ["full_attention"]; expected "sliding_attention" or "full_attention" for each of 2 layers
          attn_logit_softcapping      | 50                    | 'attn_logit_softcapping' is 50; expected null
          sliding_window              | 0                     | 'sliding_window' is 0; expected a whole number from 1 to 2147483647
          final_logit_softcapping     | 0                     | 'final_logit_softcapping' is 0; expected a number above 0
          head_dim                    | 6                     | q_proj.weight' has shape (32, 24); expected (24, 24)
          """)
  void refusesConfigsThatItWouldComputeWrongly(String key, String value, String sentence) {
    checkpoint.set(key, value);
    assertThatThrownBy(() -> Models.load(checkpoint.path(), manager).close())
        .hasMessageContaining(checkpoint.path().toString())
        .hasMessageContaining(sentence)
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.USER);
  }
}
