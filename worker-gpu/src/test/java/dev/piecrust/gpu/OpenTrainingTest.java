package dev.piecrust.gpu;

import static dev.piecrust.store.campaign.CampaignStore.AFRESH_EVENT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TrainActivities;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.input.Sha256;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.train.TrainReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings on the demo model, as workers do them part by part. */
class OpenTrainingTest {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void workersGoOnWithOneAnothersTrainingAndFindItDone() throws IOException {
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("alone", spec("alone"));
      TrainActivities worker = one.trainer();
      for (int part = 0; part < 3; part++) {
        worker.train(new TrainPart("alone", part));
      }

      one.stores.campaigns().create("together", spec("together"));
      TrainActivities a = one.trainer();
      TrainActivities b = one.trainer();
      assertThat(a.train(new TrainPart("together", 0)).step()).isEqualTo(4);
      assertThat(b.train(new TrainPart("together", 1)).step()).isEqualTo(8);
      assertThat(a.train(new TrainPart("together", 1)).step()).isEqualTo(8); // told once more
      TrainProgress last = a.train(new TrainPart("together", 2));
      assertThat(last.step()).isEqualTo(10);
      assertThat(b.train(new TrainPart("together", 2))).isEqualTo(last.withoutSpeed());

      for (int l = 0; l < 4; l++) {
        for (String file : new String[] {"W_enc_", "W_dec_"}) {
          assertThat(folder.resolve("together/" + file + l + ".safetensors"))
              .hasSameBinaryContentAs(folder.resolve("alone/" + file + l + ".safetensors"));
        }
      }
      TrainProgress told = TrainReport.read(folder.resolve("together")).orElseThrow().progress();
      assertThat(told.withoutCurve()).isEqualTo(last.withoutSpeed());
      assertThat(told.curve().orElseThrow().unexplained()).hasSize(4);
      assertThat(one.stores.units().units("together", Stages.TRAIN))
          .extracting(unit -> unit.done())
          .containsExactly(4, 4, 2);
    }
  }

  @Test
  void trainsAnewWhereItIsAskedTo() throws IOException {
    Path out = folder.resolve("out");
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("first", spec("out"));
      TrainActivities worker = one.trainer();
      train(worker, "first");
      Map<String, String> made = content(out);

      Files.writeString(out.resolve("W_dec_2.safetensors"), "damaged");
      one.stores.campaigns().create("second", spec("out"));
      assertThat(worker.train(new TrainPart("second", 0)).step()).as("it is there").isEqualTo(10);

      one.stores.campaigns().create("third", spec("out"));
      one.stores.campaigns().event("third", AFRESH_EVENT, "asked to train anew", "piecrust");
      assertThat(worker.train(new TrainPart("third", 0)).step()).isEqualTo(4);
      assertThat(content(out)).containsOnlyKeys(".training/state.safetensors");
      assertThat(worker.train(new TrainPart("third", 0)).step()).as("once").isEqualTo(4);
      train(worker, "third");
      assertThat(content(out)).isEqualTo(made);
    }
  }

  @Test
  void aKillBeforeTheCheckpointIsRemovedIsHarmless() throws IOException {
    Path out = folder.resolve("out");
    Path state = out.resolve(".training");
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("first", spec("out"));
      train(one.trainer(), "first");
      Map<String, String> made = content(out);

      Files.createDirectory(state);
      Files.writeString(state.resolve("state.safetensors"), "what a training goes on with");
      Files.writeString(state.resolve(".writing-1.safetensors"), "half of");
      Files.writeString(out.resolve(".writing-2.safetensors"), "half of");
      one.stores.campaigns().create("again", spec("out"));
      assertThat(one.trainer().train(new TrainPart("again", 2)).step()).isEqualTo(10);
      assertThat(content(out)).isEqualTo(made);
      assertThat(state).doesNotExist();
    }
  }

  @Test
  void aKillDuringTheFirstCheckpointIsHarmless() throws IOException {
    Path state = Files.createDirectories(folder.resolve("out/.training"));
    Files.writeString(state.resolve(".writing-1.safetensors"), "half of");
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("first", spec("out"));
      train(one.trainer(), "first");
    }
    assertThat(state).doesNotExist();
  }

  private static void train(TrainActivities worker, String campaign) {
    for (int part = 0; part < 3; part++) {
      worker.train(new TrainPart(campaign, part));
    }
  }

  private static Map<String, String> content(Path folder) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Files.readString(file, ISO_8859_1);
        content.put(folder.relativize(file).toString(), Sha256.of(bytes));
      }
    }
    return content;
  }

  @Test
  void aFolderOfSomethingElseIsLeftAlone() throws IOException {
    Path mine = Files.createDirectories(folder.resolve("mine")).resolve("mine.txt");
    Files.writeString(mine, "mine");
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("mine", spec("mine"));
      TrainActivities worker = one.trainer();
      assertThatThrownBy(() -> worker.train(new TrainPart("mine", 0)))
          .hasStackTraceContaining("expected a new or an empty folder, or one of this training");
    }
    assertThat(mine).hasContent("mine");
  }

  /** Each a user error, for which nothing is made; what a kill has left is another matter. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch: 256 | batch: 100000 | train.corpus: has [\\d,]+ tokens to train on, expected at"
            + " least .*",
        "windows: 100 | windows: 2 | corpus .* has 2 windows, expected enough to hold a share .*"
            + " out",
        "transcoder: out | transcoder: file/out | .*file/out cannot be made .*, expected a folder"
            + " .*",
      })
  void refusesWhatCannotBeTrainedAndMakesNothing(String usual, String bad, String sentence)
      throws IOException {
    Files.writeString(folder.resolve("file"), "mine");
    try (Installation one = new Installation(folder.resolve("one"))) {
      one.stores.campaigns().create("bad", parse(text("out").replace(usual, bad)));
      TrainActivities worker = one.trainer();
      assertThatThrownBy(() -> worker.train(new TrainPart("bad", 0)))
          .satisfies(
              e -> {
                assertThat(Failures.sentence(e)).matches(sentence);
                assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER);
              });
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private CampaignSpec spec(String out) {
    return parse(text(out));
  }

  private CampaignSpec parse(String text) {
    return SpecReader.parse(text, folder, "spec.yaml");
  }

  private static String text(String out) {
    return """
    name: own
    subject: {model: %1$s/model, transcoder: %2$s}
    train:
      corpus: %1$s/corpus.jsonl.gz
      features: 64
      l0: 8
      steps: 10
      batch: 256
      context: 48
      windows: 100
      checkpoint: 4
    """
        .formatted(DEMO, out);
  }
}
