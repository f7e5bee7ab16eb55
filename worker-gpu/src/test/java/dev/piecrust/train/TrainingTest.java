package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings on the demo model. */
class TrainingTest {
  private static final Path MODEL = Path.of("..", "demo", "model");

  private final NDManager manager = TensorRuntime.start().newManager();
  private final Transformer model = Models.load(MODEL, manager);

  @TempDir private Path folder;

  @AfterEach
  void close() {
    model.close();
    manager.close();
  }

  @ParameterizedTest
  @CsvSource({"CROSS_LAYER, BATCHTOPK", "PER_LAYER, JUMPRELU"})
  void killedThreeTimesItEndsWithTheSameBytes(TrainSpec.Kind kind, TrainSpec.Activation activation)
      throws IOException {
    TrainSpec spec = TrainSpecs.with(Map.of("kind", kind, "activation", activation, "steps", 60));
    train(spec, folder.resolve("whole"), 60);

    Path killed = folder.resolve("killed");
    for (int kill : List.of(3, 25, 50)) {
      AtomicInteger lines = new AtomicInteger();
      assertThatThrownBy(
              () -> {
                try (Training training = open(spec, killed)) {
                  for (int part = 0; part < spec.parts(); part++) {
                    training.until(
                        spec.end(part),
                        line -> {
                          if (line.startsWith("train: step " + kill + " ")) {
                            lines.incrementAndGet();
                            throw new IllegalStateException("killed");
                          }
                        });
                  }
                }
              })
          .hasMessage("killed");
      assertThat(lines).hasValue(1);
    }
    train(spec, killed, 60);

    assertSameBytes(folder.resolve("whole"), killed);
  }

  @Test
  void oneAndTwoThreadsGiveTheSameBytes() throws IOException {
    TrainSpec spec = TrainSpecs.with(Map.of("steps", 3, "features", 256, "batch", 512));
    try {
      for (int threads : List.of(1, 2)) {
        JniUtils.setNumThreads(threads);
        train(spec, folder.resolve("threads" + threads), 3);
      }
    } finally {
      JniUtils.setNumThreads(TensorRuntime.threads());
    }
    assertSameBytes(folder.resolve("threads1"), folder.resolve("threads2"));
  }

  @ParameterizedTest
  @CsvSource({
    "CROSS_LAYER, BATCHTOPK, false, RESID_MID",
    "CROSS_LAYER, RELU, true, RESID_MID",
    "PER_LAYER, BATCHTOPK, true, MLP_IN",
    "PER_LAYER, TOPK, false, LN2_NORMALIZED",
    "PER_LAYER, JUMPRELU, false, RESID_MID",
  })
  void whatTheLoaderReadsActsAsWhatWasTrained(
      TrainSpec.Kind kind, TrainSpec.Activation activation, boolean skip, TrainSpec.Hook hook) {
    TrainSpec spec =
        TrainSpecs.with(Map.of("kind", kind, "activation", activation, "skip", skip, "hook", hook));
    TrainingText text = TrainingText.read(spec, model);
    try (Training training = Training.open(spec, model, text, folder, manager)) {
      training.until(12, line -> {});
      training.write("demo");
      try (Transcoder loaded = Transcoders.load(folder, manager, model.layers(), model.width());
          ActivationStream stream =
              new ActivationStream(
                  model,
                  InputHook.labelled(hook.label()).orElseThrow(),
                  text.heldOut(),
                  64,
                  1,
                  manager)) {
        assertThat(loaded.features()).isEqualTo(96);
        assertThat(loaded.hook().label()).isEqualTo(hook.label());
        assertThat(loaded.writes(0))
            .isEqualTo(kind == TrainSpec.Kind.PER_LAYER ? 1 : model.layers());
        Batch batch = stream.at(manager, 0, w -> {});
        for (int l = 0; l < model.layers(); l++) {
          NDArray trained = training.activations(manager, batch.read(), l);
          NDArray found = loaded.encode(l, batch.read().get(l));
          assertThat(found.gt(0).sum().getLong()).isPositive();
          assertThat(found.sub(trained).abs().max().getFloat()).isCloseTo(0, within(2e-4f));
        }
      }
    }
  }

  @Test
  void lessIsUnexplainedAndAsManyActAsWereAskedFor() {
    TrainSpec spec = TrainSpecs.with(Map.of("steps", 80, "windows", 400));
    try (Training training = open(spec, folder)) {
      double first = training.until(5, line -> {}).unexplained();
      double last = training.until(80, line -> {}).unexplained();
      assertThat(last).isLessThan(0.5 * first);
      assertThat(training.until(80, line -> {}).step()).isEqualTo(80);
    }
  }

  @Test
  void whatIsFinishedIsMeasuredAndFoundAgain() {
    TrainSpec spec = TrainSpecs.with(Map.of("steps", 150, "windows", 400));
    TrainingText text = TrainingText.read(spec, model);
    assertThat(Training.found(spec, model, text, folder)).isEmpty();
    TrainReport report;
    try (Training training = open(spec, folder)) {
      training.until(150, line -> {});
      report = training.finish("piecrust-demo", line -> {});
      assertThat(training.done()).isZero();
    }

    assertThat(Training.found(spec, model, text, folder)).contains(report);
    assertThat(Training.found(TrainSpecs.with(Map.of("seed", 1L)), model, text, folder)).isEmpty();
    Evaluation found = report.evaluation();
    assertThat(found.layers()).hasSize(4);
    assertThat(found.unexplained()).isBetween(0.5 * report.progress().unexplained(), 0.6);
    assertThat(found.active()).isBetween(5.0, 12.0);
    assertThat(found.densities().stream().mapToLong(n -> n).sum()).isEqualTo(4 * 96);
    assertThat(found.decoderNorms()).hasSize(4).allMatch(norm -> norm > 0);
    Evaluation.Replacement replaced = found.replacement();
    assertThat(replaced.loss()).isBetween(0.5, 2.0); // its model card says 1.1
    assertThat(replaced.without()).isGreaterThan(replaced.replaced());
    assertThat(replaced.replaced()).isGreaterThan(replaced.loss());
    assertThat(replaced.kl()).isPositive();
    assertThat(folder.resolve("README.md")).content().contains("150 steps of 256 tokens");
  }

  @Test
  void refusesAFolderOfSomethingElse() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> open(TrainSpecs.with(Map.of()), folder))
        .hasMessage(
            "%s is already there, expected a new or an empty folder, or one of this training",
            folder);
  }

  @Test
  void refusesACorpusThatIsSmallerThanAStep() {
    TrainSpec spec = TrainSpecs.with(Map.of("windows", 20, "batch", 4096));
    assertThatThrownBy(() -> open(spec, folder))
        .hasMessageMatching(
            "train.corpus: has [\\d,]+ tokens to train on, expected at least the 4,096 of a step");
  }

  @Test
  void refusesAWidthBeyondMemoryBeforeItBegins() {
    TrainSpec spec = TrainSpecs.with(Map.of("features", 100_000));
    TrainingText text = TrainingText.read(spec, model);
    assertThatThrownBy(() -> Training.open(spec, model, text, folder, manager, device -> 1L << 30))
        .hasMessageMatching(
            "training 100,000 features in each of 4 layers needs about [\\d,]+ MiB of memory, and cpu"
                + " has 1,024 MiB free; fewer train.features or a smaller train.batch need less");
  }

  @Test
  void oneThatDivergesSaysSoAndKeepsItsLastCheckpoint() {
    TrainSpec spec = TrainSpecs.with(Map.of("learningRate", 0.9, "steps", 400, "checkpoint", 1));
    try (Training training = open(spec, folder)) {
      int step = 0;
      var progress = training.until(++step, line -> {});
      while (progress.diverged().isEmpty() && step < 400) {
        progress = training.until(++step, line -> {});
      }
      assertThat(progress.diverged().orElse("")).startsWith("the training diverges at step ");
      assertThat(training.done()).isEqualTo(step - 1);
    }
  }

  private Training open(TrainSpec spec, Path out) {
    return Training.open(spec, model, TrainingText.read(spec, model), out, manager);
  }

  private void train(TrainSpec spec, Path out, int steps) {
    try (Training training = open(spec, out)) {
      for (int part = 0; part < spec.parts(); part++) {
        training.until(spec.end(part), line -> {});
      }
      assertThat(training.done()).isEqualTo(steps);
      training.write("demo");
    }
  }

  private static void assertSameBytes(Path one, Path two) throws IOException {
    try (Stream<Path> files = Files.walk(one)) {
      List<Path> all = files.filter(Files::isRegularFile).map(one::relativize).toList();
      assertThat(all).hasSizeGreaterThan(4);
      for (Path file : all) {
        assertThat(two.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
      }
    }
  }
}
