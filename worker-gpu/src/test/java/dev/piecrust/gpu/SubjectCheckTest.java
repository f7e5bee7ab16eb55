package dev.piecrust.gpu;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.prune.load.PruneRoom;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class SubjectCheckTest {
  @TempDir private Path folder;

  private static final CampaignSpec DEMO = SpecReader.read(Path.of("../demo/demo.yaml"));
  private static final long GIB = 1L << 30;

  @Test
  void findsRoomWhereThereIsEnough() {
    SubjectCheck look = look(Optional.empty());
    MachineRoom room = look.room(look.shape());
    assertThat(room.shortages()).isEmpty();
    assertThat(room.memoryFree()).isEqualTo(GIB);
    assertThat(room.downloadBytes()).isZero();
    room.require();
  }

  @Test
  void refusesWithTheSentenceOfTheEstimateWhatDoesNotFit() {
    SubjectCheck look = look(Optional.of("it needs more memory"));
    assertThat(look.room(look.shape()).shortages()).containsExactly("it needs more memory");
    assertThatThrownBy(() -> look.room(look.shape()).require())
        .hasMessage("it needs more memory")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.RESOURCES));
  }

  @Test
  void leavesMemoryForLaterWhereOthersHaveItNow() {
    SubjectCheck look = look(Optional.of("it needs more memory"));
    MachineRoom room = look.room(look.shape()).onceMemoryIsFree();
    room.require();
    assertThat(room.shortages()).isEmpty();
  }

  @Test
  void whatTheDemoReadsCanBeRead() {
    SubjectCheck look = look(Optional.empty());
    assertThat(look.readableShape()).isEqualTo(look.shape());
  }

  @Test
  void saysHowTheDemoBeginsPromptsAndHowItsTranscoderFits() {
    List<String> notes = look(Optional.empty()).notes();
    assertThat(notes).hasSize(2);
    assertThat(notes.get(0))
        .matches("prompts begin with <bos> \\(id \\d+\\), by .*prepend_bos auto");
    assertThat(notes.get(1))
        .matches(
            "self-test on \\d{4} tokens: [0-9.]+ active features a token, 0\\.[0-9]+ of the"
                + " MLPs' variance is unexplained");
  }

  static List<Arguments> configsThatRunRefuses() {
    String scaling = "\"rope_scaling\": {\"rope_type\": \"%s\", \"factor\": 2}, ";
    return List.of(
        arguments(scaling.formatted("yarn"), "\"default\", \"linear\" or \"llama3\""),
        arguments(scaling.formatted("longrope"), "\"default\", \"linear\" or \"llama3\""),
        arguments(scaling.formatted("dynamic"), "\"default\", \"linear\" or \"llama3\""),
        arguments("\"attention_bias\": true, ", "false, since biases are not supported"),
        arguments("\"num_key_value_heads\": 3, ", "a divisor"));
  }

  @ParameterizedTest
  @MethodSource("configsThatRunRefuses")
  void refusesAConfigAsTheModelsReaderDoes(String more, String expected) throws IOException {
    copyTheModel();
    Path config = folder.resolve("model/config.json");
    String key = more.substring(0, more.indexOf(':'));
    String rest = Files.readString(config).replaceAll("(?m)^ *" + key + ".*\n", "");
    Files.writeString(config, rest.replaceFirst("\\{", "{" + more));
    assertThatThrownBy(() -> of(spec("")).readableShape())
        .hasMessageContaining("config.json")
        .hasMessageContaining("expected " + expected)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  @Test
  void refusesAnUnembeddingThatIsMissing() throws IOException {
    copyTheModel();
    Path weights = folder.resolve("model/model.safetensors");
    String content = Files.readString(weights, ISO_8859_1);
    Files.writeString(weights, content.replaceFirst("lm_head", "lm_hand"), ISO_8859_1);
    assertThatThrownBy(() -> of(spec("")).readableShape())
        .hasMessageContaining("tensor 'lm_head.weight' is missing")
        .hasMessageContaining("expected");
  }

  @Test
  void refusesAllThatCannotBeReadAtOnce() throws IOException {
    copyTheModel();
    Files.writeString(folder.resolve("model/tokenizer.json"), "");
    Files.writeString(folder.resolve("pairs.jsonl"), "no JSON\n");
    assertThatThrownBy(() -> of(spec(", {kind: file, path: pairs.jsonl}")).readableShape())
        .hasMessageMatching(
            "(?s).*tokenizer\\.json.*expected.*\n.*pairs\\.jsonl line 1.*expected.*");
  }

  @Test
  void refusesACorpusWithoutAText() throws IOException {
    copyTheModel();
    Files.writeString(folder.resolve("corpus.txt"), "\n\n");
    String interpret =
        "interpret: {corpus: {path: corpus.txt}, llm: {provider: lexical},"
            + " features: {method: fap, budget: 5}}\n";
    assertThatThrownBy(() -> of(spec("") + interpret).readableShape())
        .hasMessageContaining("corpus.txt is empty, expected one text a line");
  }

  @Test
  void refusesPublishedFeaturesThatCannotBeRead() throws IOException {
    copyTheModel();
    String interpret =
        "interpret: {corpus: {published: features}, llm: {provider: lexical},"
            + " features: {method: fap, budget: 5}}\n";
    Path features = Files.createDirectory(folder.resolve("features"));
    assertThatThrownBy(() -> of(spec("") + interpret).readableShape())
        .hasMessageStartingWith("published features " + features + ": has no index.json.gz");
    Path batch = Files.createDirectory(features.resolve("activations")).resolve("batch-0.jsonl");
    Files.writeString(batch, "{\"layer\": \"x\"}\n");
    assertThatThrownBy(() -> of(spec("") + interpret).readableShape())
        .hasMessageContaining("batch-0.jsonl line 1: names no feature, expected {");
    Files.writeString(batch, "{\"layer\": \"0-clt\", \"index\": \"7\"}\n");
    SubjectCheck fine = of(spec("") + interpret);
    assertThat(fine.readableShape()).isEqualTo(fine.shape());
  }

  @Test
  void refusesATrainingForWhichThereIsNoFolderNoRoomOrNoArray() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    assertThatThrownBy(() -> training("file/out", 64).readableShape())
        .hasMessage(
            "%s cannot be made (%s is a file), expected a folder that may be written to",
            folder.resolve("file/out"), folder.resolve("file"));
    assertThatThrownBy(() -> training("out", 9_000_000).readableShape())
        .hasMessageMatching(
            "train.features: 9,000,000 features in 4 layers of width .* expected.*");
    SubjectCheck wide = training("out", 900_000);
    assertThat(wide.room(wide.readableShape()).shortages())
        .singleElement()
        .asString()
        .matches(
            "training 900,000 features in each of 4 layers needs about [\\d,]+ MiB of memory, and a"
                + " device has 1,024 MiB free; fewer train.features or .* need less");
    assertThat(wide.roomToPrune(wide.shape()).shortages()).containsExactly("no room to prune");
    SubjectCheck fine = training("out", 64);
    assertThat(fine.room(fine.readableShape()).shortages()).as("it prunes nothing").isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private SubjectCheck training(String out, int features) {
    Path demo = Path.of("../demo").toAbsolutePath().normalize();
    String spec =
        """
        name: own
        subject: {model: %1$s/model, transcoder: %2$s}
        train: {corpus: %1$s/corpus.jsonl.gz, features: %3$d}
        """
            .formatted(demo, out, features);
    return new SubjectCheck(
        SpecReader.parse(spec, folder, "spec"),
        HubFolders.ofThisProcess(),
        (shape, prune) -> new PruneRoom("a device", GIB, Optional.of("no room to prune")));
  }

  private void copyTheModel() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model"));
    try (Stream<Path> files = Files.list(Path.of("../demo/model"))) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }
  }

  private String spec(String moreTasks) {
    return """
    name: readable
    subject: {model: model, transcoder: %s}
    tasks: [{kind: ioi, prompts: 2}%s]
    prune: {methods: [fap], budgets: [5]}
    """
        .formatted(Path.of("../demo/clt").toAbsolutePath().normalize(), moreTasks);
  }

  private SubjectCheck of(String yaml) {
    return SubjectCheck.here(SpecReader.parse(yaml, folder, "spec"), HubFolders.ofThisProcess());
  }

  private static SubjectCheck look(Optional<String> shortage) {
    return new SubjectCheck(
        DEMO,
        HubFolders.ofThisProcess(),
        (shape, prune) -> new PruneRoom("a device", GIB, shortage));
  }
}
