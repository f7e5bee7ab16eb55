package dev.piecrust.bench.prune;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What would be written at full size, beside lists that Hugging Face transformers and
 * circuit-tracer made from the published configs; see {@code shapes/make_shapes.py}.
 */
@ParameterizedClass
@ValueSource(strings = {"llama-3.2-1b", "gemma-2-2b", "qwen3-0.6b", "gemma-3-1b", "llama-3.1-8b"})
class PublishedShapesTest {
  private static final Path LISTS = Path.of("src/test/resources/shapes");

  @Parameter String name = "";
  private BenchShape shape = BenchShape.parse("tiny");
  private JsonNode published = new ObjectMapper().createObjectNode();

  @BeforeEach
  void read() throws IOException {
    shape = BenchShape.parse(name);
    published = new ObjectMapper().readTree(Files.readString(LISTS.resolve(name + ".json")));
  }

  @Test
  void writesEveryTensorOfThePublishedModelIntoTheSameFiles() {
    assertThat(listed(new RandomModel(shape).files(), shape.dtype()))
        .isEqualTo(listed(published.path("model")));
    assertThat(shape.parameters()).isEqualTo(published.path("parameters").longValue());
  }

  @Test
  void writesEveryTensorOfThePublishedTranscoderIntoTheSameFiles() {
    List<Double> thresholds = Collections.nCopies(shape.layers(), 1.0);
    assertThat(
            listed(
                new RandomTranscoder(shape, thresholds).files(),
                shape.published().transcoder().dtype(shape)))
        .isEqualTo(listed(published.path("transcoder")));
  }

  @Test
  void writesThePublishedConfig() {
    assertThat((Object) new RandomModel(shape).config()).isEqualTo(published.path("config"));
  }

  private static Map<String, Map<String, String>> listed(
      Map<String, List<RandomTensor>> files, DType dtype) {
    Map<String, Map<String, String>> listed = new TreeMap<>();
    files.forEach(
        (file, tensors) -> {
          Map<String, String> own = new TreeMap<>();
          tensors.forEach(tensor -> own.put(tensor.name(), dtype + " " + tensor.shape()));
          listed.put(file, own);
        });
    return listed;
  }

  private static Map<String, Map<String, String>> listed(JsonNode files) {
    Map<String, Map<String, String>> listed = new TreeMap<>();
    files
        .properties()
        .forEach(
            file -> {
              Map<String, String> own = new TreeMap<>();
              file.getValue()
                  .properties()
                  .forEach(tensor -> own.put(tensor.getKey(), tensor.getValue().textValue()));
              listed.put(file.getKey(), own);
            });
    return listed;
  }
}
