package dev.piecrust.model.gemma2;

import static dev.piecrust.model.Fixtures.largestDifference;
import static dev.piecrust.model.Fixtures.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.ConfigFile;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.Models;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gemma2ConfigTest {
  private static final String NAME = "gemma2/capped";

  @TempDir Path temporary;
  private final ObjectMapper mapper = new ObjectMapper();
  private final NDManager manager = TensorRuntime.start().newManager();
  private Path folder = Path.of("");

  @BeforeEach
  void copy() {
    folder = Fixtures.folder(NAME, temporary.resolve("model"));
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
          attn_logit_softcapping  | null
          final_logit_softcapping | null
          query_pre_attn_scalar   | 8
          sliding_window          | 6
          sliding_window          | null
          layer_types             | ["full_attention","sliding_attention","full_attention"]
          rms_norm_eps            | 0.1
          rope_parameters         | {"rope_type":"default","rope_theta":20}
          """)
  void everySettingShowsInTheLogits(String key, String value) throws IOException {
    set(key, value);
    try (Transformer model = Models.load(folder, manager)) {
      TokenBatch batch = new TokenBatch(List.of(Fixtures.ids(NAME, 1)));
      double[] logits = values(model.unembed(model.run(manager, batch, List.of())));
      double[] before = Fixtures.reference(NAME, 1, "f32", "logits");
      assertThat(largestDifference(logits, before)).isGreaterThan(1e-2);
    }
  }

  @Test
  void readsWhatOlderFilesLeaveOutAsPublished() throws IOException {
    ObjectNode config = config();
    config.remove(
        List.of(
            "attn_logit_softcapping",
            "final_logit_softcapping",
            "layer_types",
            "sliding_window",
            "query_pre_attn_scalar",
            "rope_parameters",
            "tie_word_embeddings"));
    write(config.put("rope_theta", 500.0));
    Gemma2Config read = Gemma2Config.read(ConfigFile.read(folder.resolve("config.json")));
    assertThat(read.attentionCap()).isEqualTo(OptionalDouble.of(50));
    assertThat(read.finalCap()).isEqualTo(OptionalDouble.of(30));
    assertThat(read.queryScalar()).isEqualTo(256);
    assertThat(read.ropeTheta()).isEqualTo(500);
    assertThat(read.shape().tied()).isTrue();
    assertThat(read.windows())
        .containsExactly(OptionalInt.of(4096), OptionalInt.empty(), OptionalInt.of(4096));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          attention_bias              | true                  | 'attention_bias' is true; expected false
          use_bidirectional_attention | true                  | 'use_bidirectional_attention' is true; expected false
          hidden_activation           | "gelu"                | 'hidden_activation' is "gelu"; expected "gelu_pytorch_tanh"
          rope_parameters             | {"rope_type":"llama3"}| 'rope_parameters.rope_type' is "llama3"; expected "default"
          rope_scaling                | {"type":"linear"}     | 'rope_scaling' is {"type":"linear"}; expected null
          layer_types                 | ["full_attention"]    | 'layer_types' is ["full_attention"]; expected "sliding_attention" or "full_attention" for each of 3 layers
          layer_types                 | ["a","b","c"]         | 'layer_types' is ["a","b","c"]; expected "sliding_attention" or "full_attention"
          sliding_window              | 0                     | 'sliding_window' is 0; expected a whole number from 1 to 2147483647
          final_logit_softcapping     | 0                     | 'final_logit_softcapping' is 0; expected a number above 0
          query_pre_attn_scalar       | "h"                   | 'query_pre_attn_scalar' is "h"; expected a number above 0
          head_dim                    | null                  | 'model.layers.0.self_attn.q_proj.weight' has shape (32, 24); expected (1024, 24)
          """)
  void refusesConfigsThatItWouldComputeWrongly(String key, String value, String sentence)
      throws IOException {
    set(key, value);
    assertThatThrownBy(() -> Models.load(folder, manager).close())
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(sentence)
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.USER);
  }

  @Test
  void refusesWhatDoesNotFitWithTheNumbers() {
    assertThatThrownBy(() -> Models.load(folder, manager, device -> 5 << 20).close())
        .hasMessageContaining("17,304 parameters in f32 need 64 MiB of memory with a margin")
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.RESOURCES);
  }

  private void set(String key, String value) throws IOException {
    ObjectNode config = config();
    config.set(key, mapper.readTree(value));
    write(config);
  }

  private ObjectNode config() throws IOException {
    JsonNode config = mapper.readTree(folder.resolve("config.json").toFile());
    return (ObjectNode) config;
  }

  private void write(ObjectNode config) throws IOException {
    mapper.writeValue(folder.resolve("config.json").toFile(), config);
  }
}
