package dev.piecrust.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.tensor.RawTensor;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.tensor.SafeTensorsWriter;
import dev.piecrust.tensor.TensorRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsRefusalTest {
  private static final String NORM = "model.norm.weight";

  @TempDir Path temporary;
  private final NDManager manager = TensorRuntime.start().newManager();
  private Path folder = Path.of("");

  @BeforeEach
  void copy() {
    folder = Fixtures.folder("llama/untied-headsize", temporary.resolve("model"));
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void refusesWhatDoesNotFitWithTheNumbers() {
    assertThatThrownBy(() -> Models.load(folder, manager, device -> 3 << 20).close())
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("20,904 parameters in f32 need 64 MiB of memory with a margin")
        .hasMessageContaining("has 3 MiB free")
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.RESOURCES);
  }

  @Test
  void countsHalfPrecisionAtTheSizeItIsHeldIn() {
    Path half = Fixtures.folder("llama/sharded-bf16", temporary.resolve("half"));
    assertThatThrownBy(() -> Models.load(half, manager, device -> 64 << 20).close())
        .hasMessageContaining("16,296 parameters in f32 need 64 MiB of memory with a margin");
    assertThat(MemoryNeed.bytes(1_000_000_000L)).isGreaterThan(4_000_000_000L);
  }

  @Test
  void checksTheMemoryBeforeItReadsAnyWeight() throws IOException {
    replace(NORM, RawTensor.ofFloats(filled(24, Float.NaN)));
    assertThatThrownBy(() -> Models.load(folder, manager, device -> 0).close())
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.RESOURCES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          architectures           | ["Gpt2LMHeadModel"]   | architecture 'Gpt2LMHeadModel' is not supported; expected one of LlamaForCausalLM, Qwen2ForCausalLM, Qwen3ForCausalLM, Gemma2ForCausalLM, Gemma3ForCausalLM
          architectures           | null                  | architecture '' is not supported
          attention_bias          | true                  | 'attention_bias' is true; expected false
          mlp_bias                | true                  | 'mlp_bias' is true; expected false
          hidden_act              | "gelu"                | 'hidden_act' is "gelu"; expected "silu"
          hidden_size             | null                  | 'hidden_size' is null; expected a whole number from 1 to 2147483647
          num_hidden_layers       | 2.5                   | 'num_hidden_layers' is 2.5; expected a whole number
          num_key_value_heads     | 4                     | 'num_key_value_heads' is 4; expected a divisor of the 6 attention heads
          head_dim                | 7                     | 'head_dim' is 7; expected an even head size
          rms_norm_eps            | -1                    | 'rms_norm_eps' is -1; expected a number above 0
          tie_word_embeddings     | "no"                  | 'tie_word_embeddings' is "no"; expected true or false
          rope_parameters         | {"rope_type":"yarn"}  | 'rope_parameters.rope_type' is "yarn"; expected "default", "linear" or "llama3"
          rope_parameters         | {"rope_type":"linear"}| 'rope_parameters.factor' is missing; expected a number above 0
          rope_parameters         | {"partial_rotary_factor":0.5} | 'rope_parameters.partial_rotary_factor' is 0.5; expected 1
          num_hidden_layers       | 1001                  | 'num_hidden_layers' is 1001; expected at most 1000 layers
          rope_parameters         | {"rope_type":"llama3"}| 'rope_parameters.low_freq_factor' is missing; expected a number above 0
          vocab_size              | 14                    | lm_head.weight' has shape (60, 24); expected (14, 24) by config.json
          intermediate_size       | 41                    | 'model.layers.0.mlp.gate_proj.weight' has shape (40, 24); expected (41, 24)
          """)
  void refusesConfigsThatItWouldComputeWrongly(String key, String value, String sentence)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    Path file = folder.resolve("config.json");
    JsonNode config = mapper.readTree(file.toFile());
    ((ObjectNode) config).set(key, mapper.readTree(value));
    mapper.writeValue(file.toFile(), config);
    refused(sentence.replace("lm_head.weight", "model.embed_tokens.weight"));
  }

  @Test
  void refusesWeightsThatAreNotFinite() throws IOException {
    replace(NORM, RawTensor.ofFloats(filled(24, Float.NaN)));
    refused("tensor 'model.norm.weight' holds a NaN or an infinity; expected finite weights");
    replace(NORM, RawTensor.ofFloats(filled(24, Float.NEGATIVE_INFINITY)));
    refused("tensor 'model.norm.weight' holds a NaN or an infinity; expected finite weights");
    assertThat(manager.getManagedArrays()).isEmpty();
  }

  @Test
  void refusesTensorsOfAnotherShapeOrType() throws IOException {
    replace(NORM, RawTensor.ofFloats(new float[24], 4, 6));
    refused("tensor 'model.norm.weight' has shape (4, 6); expected (24) by config.json");
    replace(NORM, RawTensor.ofInts(new int[24]));
    refused("tensor 'model.norm.weight' is I32; expected F32, F16, BF16 or F64");
  }

  @Test
  void refusesAMissingTensor() throws IOException {
    Map<String, RawTensor> tensors = tensors();
    tensors.remove(NORM);
    SafeTensorsWriter.writeRaw(weights(), tensors, Map.of());
    refused("tensor 'model.norm.weight' is missing; expected it with shape (24)");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(weights());
    Files.write(weights(), Arrays.copyOf(bytes, bytes.length - 1000));
    refused("expected all of it");
  }

  @Test
  void refusesFoldersWithoutTheirFiles() throws IOException {
    assertThatThrownBy(() -> Models.load(temporary.resolve("none"), manager).close())
        .hasMessageContaining("none: is not a folder; expected a Hugging Face model folder");
    Files.delete(folder.resolve("tokenizer.json"));
    refused("tokenizer.json: is missing; expected it in the model's folder");
    Files.delete(weights());
    refused("expected model.safetensors or model.safetensors.index.json in this folder");
    Files.writeString(folder.resolve("config.json"), "{\"hidden_size\": ");
    refused("config.json: is not valid JSON");
    Files.delete(folder.resolve("config.json"));
    refused("config.json: is missing; expected it in the model's folder");
  }

  @Test
  void refusesATokenizerWithMoreTokensThanTheModel() throws IOException {
    Files.copy(
        Fixtures.tokenizer("byte-bpe").resolve("tokenizer.json"),
        folder.resolve("tokenizer.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.delete(folder.resolve("tokenizer_config.json"));
    refused("'vocab_size' is 60; expected at least the 320 tokens of tokenizer.json");
  }

  private void refused(String sentence) {
    assertThatThrownBy(() -> Models.load(folder, manager).close())
        .isInstanceOf(PieCrustException.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(sentence)
        .extracting(e -> ((PieCrustException) e).category())
        .isEqualTo(FailureCategory.USER);
  }

  private Path weights() {
    return folder.resolve("model.safetensors");
  }

  private void replace(String name, RawTensor tensor) throws IOException {
    Map<String, RawTensor> tensors = tensors();
    tensors.put(name, tensor);
    SafeTensorsWriter.writeRaw(weights(), tensors, Map.of());
  }

  /** The untouched checkpoint's tensors. */
  private static Map<String, RawTensor> tensors() {
    Map<String, RawTensor> all = new LinkedHashMap<>();
    try (SafeTensors read = SafeTensors.openFolder(Fixtures.checkpoint("llama/untied-headsize"))) {
      for (String name : read.names()) {
        all.put(name, RawTensor.ofFloats(read.readFloats(name), read.info(name).shape()));
      }
    }
    return all;
  }

  private static float[] filled(int n, float value) {
    float[] values = new float[n];
    values[n / 2] = value;
    return values;
  }
}
