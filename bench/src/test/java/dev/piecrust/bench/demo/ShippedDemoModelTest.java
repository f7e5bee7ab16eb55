package dev.piecrust.bench.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.tensor.TensorRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ShippedDemoModelTest {
  private static final Path DEMO = Path.of("..", "demo");

  @Test
  void meetsItsTargetsOnWhatTrainingNeverSaw() {
    try (NDManager manager = TensorRuntime.start().newManager()) {
      DemoQuality quality = DemoEvaluation.measure(DEMO, manager);

      assertThat(quality.ioiAccuracy()).isGreaterThanOrEqualTo(0.95);
      assertThat(quality.docstringAccuracy()).isGreaterThanOrEqualTo(0.95);
      assertThat(quality.layers()).hasSize(4);
      assertThat(quality.layers())
          .allSatisfy(
              layer -> {
                assertThat(layer.unexplained()).isLessThanOrEqualTo(0.10);
                assertThat(layer.active()).isBetween(1.0, 30.0);
              });
      assertThat(DEMO.resolve("model/README.md"))
          .content()
          .contains(String.format(Locale.ROOT, "| %.1f %%", 100 * quality.ioiAccuracy()));
    }
  }

  @Test
  void shipsTheCorpusThatItReads() throws IOException {
    List<String> lines;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(DEMO.resolve("corpus.jsonl.gz"))),
                UTF_8))) {
      lines = in.lines().toList();
    }
    ObjectMapper json = new ObjectMapper();
    assertThat(lines).hasSize(20_000);
    try (Tokenizer tokenizer = Tokenizer.load(DEMO.resolve("model"))) {
      for (String line : lines.subList(0, 200)) {
        assertThat(tokenizer.encode(json.readTree(line).path("text").asText()))
            .hasSize(WindowStream.LENGTH);
      }
    }
  }

  @Test
  void comesWithACampaignOnItsHeldOutPrompts() {
    CampaignSpec spec = SpecReader.read(DEMO.resolve("demo.yaml"));

    assertThat(Path.of(spec.subject().model())).isDirectory();
    assertThat(Path.of(spec.subject().transcoder())).isDirectory();
    assertThat(spec.tasks()).extracting(TaskSpec::name).containsExactly("ioi", "docstring");
    assertThat(spec.tasks())
        .allSatisfy(
            task -> {
              assertThat(task.seed()).isEqualTo(HeldOutPrompts.SEED);
              assertThat(task.prompts()).isLessThanOrEqualTo(HeldOutPrompts.COUNT);
            });
  }

  @Test
  void isSmallEnoughToTravelWithTheSources() throws IOException {
    try (Stream<Path> files = Files.walk(DEMO)) {
      long bytes = files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
      assertThat(bytes).isLessThan(25_000_000);
    }
  }
}
