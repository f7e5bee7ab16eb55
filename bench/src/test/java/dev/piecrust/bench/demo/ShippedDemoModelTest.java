package dev.piecrust.bench.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.Models;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.train.Evaluation;
import dev.piecrust.train.Training;
import dev.piecrust.train.TrainingText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ShippedDemoModelTest {
  private static final Path DEMO = Path.of("..", "demo");

  @Test
  void meetsItsTargetsOnWhatTrainingNeverSaw() {
    try (NDManager manager = TensorRuntime.start().newManager();
        Transformer model = Models.load(DEMO.resolve("model"), manager)) {
      DemoQuality quality = DemoEvaluation.measure(model, manager);

      assertThat(quality.ioiAccuracy()).isGreaterThanOrEqualTo(0.95);
      assertThat(quality.docstringAccuracy()).isGreaterThanOrEqualTo(0.95);
      assertThat(DEMO.resolve("model/README.md"))
          .content()
          .contains(String.format(Locale.ROOT, "| %.1f %%", 100 * quality.ioiAccuracy()));
    }
  }

  /** Some programs take number 0 for no token at all. */
  @Test
  void hasABosThatIsNotNumberZero() {
    try (Tokenizer tokenizer = Tokenizer.load(DEMO.resolve("model"))) {
      assertThat(tokenizer.encode("")).hasSize(1).doesNotContain(0);
    }
  }

  @Test
  void itsTranscoderIsWhatTheRecipeMakesOfModelAndCorpus() {
    TrainSpec recipe = TrainDemoOptions.shipped(DEMO, TrainDemoOptions.SHIPPED_SEED).transcoder();
    Path clt = DEMO.resolve("clt");
    try (NDManager manager = TensorRuntime.start().newManager();
        Transformer model = Models.load(DEMO.resolve("model"), manager)) {
      TrainingText text = TrainingText.read(recipe, DEMO.resolve(recipe.corpus()), model);
      Evaluation said = Training.found(recipe, model, text, clt).orElseThrow().evaluation();

      assertThat(said.unexplained()).isLessThanOrEqualTo(0.015);
      assertThat(said.active()).isBetween(14.0, 17.0);
      Evaluation found =
          Evaluation.of(recipe, model, text.heldOut(), Map.of(), clt, manager, line -> {});
      assertThat(found.layers()).hasSize(4);
      for (int l = 0; l < 4; l++) {
        Evaluation.Layer layer = found.layers().get(l);
        assertThat(layer.unexplained())
            .isCloseTo(said.layers().get(l).unexplained(), withinPercentage(0.1));
        assertThat(layer.active()).isCloseTo(said.layers().get(l).active(), withinPercentage(0.1));
      }
      assertThat(found.replacement().kl())
          .isCloseTo(said.replacement().kl(), withinPercentage(0.1));
      assertThat(found.selfTest().orElseThrow().active())
          .isCloseTo(said.selfTest().orElseThrow().active(), withinPercentage(0.1));
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
