package dev.piecrust.model.qwen2;

import static dev.piecrust.model.Fixtures.largestDifference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.ConfigFolder;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Models;
import dev.piecrust.model.decoder.AttentionConfig;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QwenConfigTest {
  @TempDir Path temporary;
  private final NDManager manager = TensorRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          qwen2/windows | use_sliding_window | false
          qwen2/windows | sliding_window     | 3
          qwen2/windows | layer_types        | ["sliding_attention","sliding_attention"]
          qwen2/windows | rope_parameters    | {"rope_type":"default","rope_theta":10000}
          qwen3/tied    | rope_parameters    | {"rope_type":"default","rope_theta":20}
          qwen3/tied    | rms_norm_eps       | 0.1
          """)
  void everySettingShowsInTheLogits(String name, String key, String value) {
    ConfigFolder checkpoint = new ConfigFolder(name, temporary.resolve("model"));
    checkpoint.set(key, value);
    double[] logits = checkpoint.logits(Fixtures.ids(name, 1), manager);
    double[] before = Fixtures.reference(name, 1, "f64", "logits");
    assertThat(largestDifference(logits, before)).isGreaterThan(1e-3);
  }

  @Test
  void layersBelowTheFirstWithAWindowHaveNone() {
    ConfigFolder checkpoint = new ConfigFolder("qwen2/windows", temporary.resolve("model"));
    checkpoint.change(config -> config.remove("layer_types"));
    assertThat(Models.checkpoint(checkpoint.path()).decoder().attention().layers())
        .extracting(AttentionConfig.OfLayer::window)
        .containsExactly(OptionalInt.empty(), OptionalInt.of(4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          qwen3/tied    | attention_bias    | true                         | 'attention_bias' is true; expected false
          qwen3/tied    | hidden_act        | "gelu"                       | 'hidden_act' is "gelu"; expected "silu"
          qwen3/tied    | rope_parameters   | {"rope_type":"yarn"}         | 'rope_parameters.rope_type' is "yarn"; expected "default", "linear" or "llama3"
          qwen3/tied    | head_dim          | null                         | 'model.layers.0.self_attn.q_proj.weight' has shape (36, 24); expected (768, 24)
          qwen2/windows | max_window_layers | -1                           | 'max_window_layers' is -1; expected a whole number from 1
          qwen2/tied    | architectures     | ["Qwen3ForCausalLM"]         | expected (768, 24) by config.json
          qwen3/tied    | architectures     | ["Qwen2ForCausalLM"]         | 'model.layers.0.self_attn.q_proj.bias' is missing; expected it
          """)
  void refusesConfigsThatItWouldComputeWrongly(
      String name, String key, String value, String sentence) {
    ConfigFolder checkpoint = new ConfigFolder(name, temporary.resolve("model"));
    checkpoint.set(key, value);
    assertThatThrownBy(() -> Models.load(checkpoint.path(), manager).close())
        .hasMessageContaining(checkpoint.path().toString())
        .hasMessageContaining(sentence)
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.USER);
  }
}
