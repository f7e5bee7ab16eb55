package dev.piecrust.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.embedded.Program;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.price.PriceTable;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.report.analysis.PaperResults;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.serve.Estimator;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipes can be read, ask for what they say, and take what the page says. */
final class ExamplesTest {
  private static final Path FOLDER = Program.ROOT.resolve("examples");
  private static final Path TRAINING = FOLDER.resolve("train-quick.yaml");
  private static final long GEMMA_PARAMETERS = 2_614_341_888L;
  private static final long LLAMA_PARAMETERS = 1_235_814_400L;

  @TempDir private static Path shapes;

  @TempDir private Path folder;

  @BeforeAll
  static void writeTheShapes() throws IOException {
    for (PublishedModel model :
        List.of(
            PublishedModel.LLAMA,
            PublishedModel.GEMMA,
            PublishedModel.QWEN,
            PublishedModel.QWEN_4B,
            PublishedModel.GEMMA_3,
            PublishedModel.GEMMA_3_1B)) {
      model.write(shapes.resolve(model.repository()));
    }
    for (PublishedTranscoder transcoder :
        List.of(
            PublishedTranscoder.LLAMA,
            PublishedTranscoder.GEMMA,
            PublishedTranscoder.PER_LAYER,
            PublishedTranscoder.QWEN,
            PublishedTranscoder.QWEN_4B,
            PublishedTranscoder.GEMMA_SCOPE_2,
            PublishedTranscoder.GEMMA_SCOPE_2_1B)) {
      transcoder.write(shapes.resolve(transcoder.repository()));
    }
  }

  static List<Path> specs() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.equals(TRAINING))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void everyRecipeIsASpecOfPublishedRepositories(Path file) throws IOException {
    CampaignSpec spec = read(Files.readString(file));
    assertThat(file.getFileName().toString()).isEqualTo(spec.name() + ".yaml");
    assertThat(spec.subject().model()).startsWith("hf://");
    assertThat(spec.subject().transcoder()).startsWith("hf://");
    assertThat(shapes.resolve(spec.subject().model().substring("hf://".length()))).exists();
    assertThat(shapes.resolve(spec.subject().transcoder().substring("hf://".length()))).exists();
  }

  @Test
  void theTrainingIsOneOfTheShippedModel() {
    CampaignSpec spec = SpecReader.read(TRAINING);
    assertThat(spec.subject().model()).isEqualTo(Program.ROOT.resolve("demo/model").toString());
    assertThat(spec.subject().transcoder()).isEqualTo(FOLDER.resolve("train-quick").toString());
    assertThat(spec.training().corpus()).endsWith("corpus.jsonl.gz");
    assertThat(spec.tasks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-3.2-1b.yaml", "gemma-2-2b.yaml"})
  void thePapersExperimentsHaveAllMethodsAndBudgets(String file) throws IOException {
    CampaignSpec spec = read(Files.readString(FOLDER.resolve(file)));
    assertThat(spec.tasks()).extracting(TaskSpec::kind).contains(TaskKind.IOI, TaskKind.DOCSTRING);
    assertThat(spec.tasks()).extracting(TaskSpec::prompts).containsOnly(100);
    assertThat(spec.prune().methods()).containsExactlyInAnyOrder(Method.values());
    assertThat(spec.prune().budgets()).containsExactly(50, 100, 200, 400, 800);
    assertThat(spec.interpreting().features().budget()).isEqualTo(50);
    assertThat(spec.evaluating().preset()).isEqualTo(FadePreset.PIE);
    assertThat(spec.limits().usd()).isPresent();
  }

  @Test
  void theStandInsHaveThePublishedModelsParameters() {
    assertThat(shape("meta-llama/Llama-3.2-1B", "mntss/clt-llama-3.2-1b-524k"))
        .isEqualTo(
            new SubjectShape(LLAMA_PARAMETERS, 60_821_504, 16, 2048, 32, 8192, 128_256, 32_768, 0));
    assertThat(shape("google/gemma-2-2b", "mntss/clt-gemma-2-2b-426k"))
        .isEqualTo(
            new SubjectShape(GEMMA_PARAMETERS, 77_865_984, 26, 2304, 8, 9216, 256_000, 16_384, 0));
  }

  @Test
  void thePageHasWhatTheEstimatorSays() throws IOException {
    StringBuilder table = new StringBuilder(EstimateRow.HEAD);
    for (Path file : specs()) {
      CampaignSpec spec = local(file);
      table.append(EstimateRow.of(file.getFileName().toString(), spec, bytes(spec)));
    }
    assertThat(Files.readString(FOLDER.resolve("README.md"))).contains(table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama-3.2-1b.yaml", "gemma-2-2b.yaml"})
  void thePageHasThePapersNumbersThatTheProgramShows(String file) throws IOException {
    SubjectSpec subject = read(Files.readString(FOLDER.resolve(file))).subject();
    PaperResults paper = PaperResults.load();
    List<String> rows = Files.readAllLines(FOLDER.resolve("README.md"));
    List<String> methods = methodsOf(rows);
    List<Reference> references =
        paper.klLast(subject, TaskKind.IOI).stream().filter(r -> r.sd().isPresent()).toList();
    assertThat(references).hasSize(15);
    for (Reference reference : references) {
      String model = paper.subject(subject).orElseThrow();
      String start = "| %s | %d | ".formatted(model, reference.budget());
      String row = rows.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
      assertThat(cells(row).get(2 + methods.indexOf(reference.method())))
          .isEqualTo(
              String.format(
                  Locale.ROOT, "%.2f ± %.2f", reference.klLast(), reference.sd().orElseThrow()));
    }
  }

  /** The methods of the table's columns. */
  private static List<String> methodsOf(List<String> rows) {
    String head =
        rows.stream().filter(row -> row.startsWith("| IOI | K |")).findFirst().orElseThrow();
    return cells(head.replace("`", "")).stream().skip(2).toList();
  }

  private static List<String> cells(String row) {
    return List.of(row.substring(2, row.length() - 2).split(" \\| ", -1));
  }

  @Test
  void aLaptopHasRoomForItsRecipe() throws IOException {
    CampaignSpec spec = local(FOLDER.resolve("laptop.yaml"));
    assertThat(
            new Estimator(spec, Optional.empty(), HubFolders.ofThisProcess(), 1)
                .estimate(PriceTable.shipped(), LocalDate.EPOCH)
                .memoryBytes())
        .isLessThan(12L << 30);
  }

  @Test
  void recipesNameModelsThatLiveAndWhosePricesAreOfToday() throws IOException {
    for (Path file : specs()) {
      assertThat(warnings(Files.readString(file))).as(file.toString()).isEmpty();
    }
  }

  @Test
  void anEstimateSaysThatAModelGoesAndThatItsPriceIsOld() throws IOException {
    String recipe = Files.readString(FOLDER.resolve("llama-3.2-1b.yaml"));
    assertThat(warnings(recipe.replace("gpt-6-luna", "gpt-5-mini")))
        .singleElement()
        .asString()
        .contains("gpt-5-mini will be shut down on 2026-12-11");
    String old =
        recipe
            .replace(
                "provider: openai, model: gpt-6-luna", "provider: anthropic, model: claude-opus-4")
            .replace("OPENAI_API_KEY", "ANTHROPIC_API_KEY");
    assertThat(warnings(old))
        .singleElement()
        .asString()
        .startsWith("the price of anthropic's claude-opus-4 is of 2025-11-30");
  }

  private List<String> warnings(String recipe) throws IOException {
    return new Estimator(
            read(recipe.replace("hf://", shapes + "/")),
            Optional.empty(),
            HubFolders.ofThisProcess(),
            1)
        .estimate(PriceTable.shipped(), LocalDate.of(2026, 11, 28))
        .warnings();
  }

  private static SubjectShape shape(String model, String transcoder) {
    return SubjectShape.read(shapes.resolve(model), shapes.resolve(transcoder));
  }

  /** The recipe with its repositories on disk. */
  private CampaignSpec local(Path file) throws IOException {
    return read(Files.readString(file).replace("hf://", shapes + "/"));
  }

  private CampaignSpec read(String yaml) throws IOException {
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"text\": \"a\"}\n");
    return SpecReader.parse(yaml, folder, "recipe");
  }

  private static long bytes(CampaignSpec spec) throws IOException {
    long bytes = 0;
    for (String place : List.of(spec.subject().model(), spec.subject().transcoder())) {
      try (Stream<Path> files = Files.walk(Path.of(place))) {
        bytes += files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      }
    }
    return bytes;
  }
}
