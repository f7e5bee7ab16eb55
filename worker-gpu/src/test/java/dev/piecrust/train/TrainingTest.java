package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.TaskGenerator;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

  /** Every activation in both kinds, with each penalty and with and without linear parts. */
  static List<Map<String, ?>> all() {
    List<Map<String, ?>> all = new ArrayList<>();
    for (TrainSpec.Activation activation : TrainSpec.Activation.values()) {
      all.add(
          Map.of(
              "kind", TrainSpec.Kind.CROSS_LAYER,
              "activation", activation,
              "penalty", TrainSpec.Penalty.TANH));
      all.add(
          Map.of(
              "kind",
              TrainSpec.Kind.PER_LAYER,
              "activation",
              activation,
              "penalty",
              TrainSpec.Penalty.L1,
              "skip",
              true));
    }
    return all;
  }

  private static TrainSpec spec(Map<String, ?> kind, Map<String, ?> more) {
    Map<String, Object> both = new HashMap<>(kind);
    both.putAll(more);
    return TrainSpecs.with(both);
  }

  /** Before and after step 50, at which dead features start afresh. */
  @ParameterizedTest
  @MethodSource("all")
  void killedThreeTimesItEndsWithTheSameBytes(Map<String, ?> kind) throws IOException {
    TrainSpec spec =
        spec(kind, Map.of("features", 64, "l0", 2, "steps", 66, "batch", 64, "windows", 40));
    train(spec, folder.resolve("whole"), 66);

    Path killed = folder.resolve("killed");
    for (int kill : List.of(3, 49, 58)) {
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
    train(spec, killed, 66);

    assertSameBytes(folder.resolve("whole"), killed);
  }

  @ParameterizedTest
  @MethodSource("all")
  void oneAndTwoThreadsGiveTheSameBytes(Map<String, ?> kind) throws IOException {
    TrainSpec spec = spec(kind, Map.of("steps", 3, "features", 512, "batch", 128, "windows", 40));
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
                  new ModelActivations(
                      model, InputHook.labelled(hook.label()).orElseThrow(), text.heldOut()),
                  4,
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

  /** As many act on held-out text, by the threshold that is kept, as in the batches at the end. */
  @ParameterizedTest
  @EnumSource(TrainSpec.Kind.class)
  void thresholdsAreThoseOfTheLastStepsInAShortTrainingToo(TrainSpec.Kind kind) {
    TrainSpec spec = TrainSpecs.with(Map.of("kind", kind, "steps", 40, "windows", 400));
    TrainingText text = TrainingText.read(spec, model);
    try (Training training = open(spec, folder);
        ActivationStream stream =
            new ActivationStream(
                new ModelActivations(model, InputHook.RESID_MID, text.heldOut()),
                4,
                800,
                1,
                manager)) {
      assertThat(training.until(40, line -> {}).active()).isCloseTo(8, within(0.1));
      training.write("demo");
      NDArray read = stream.at(manager, 0, w -> {}).read();
      for (int l = 0; l < model.layers(); l++) {
        double active = training.activations(manager, read, l).gt(0).sum().getLong() / 800.0;
        assertThat(active).as("layer %d", l).isCloseTo(8, withinPercentage(15));
      }
    }
  }

  /** What programs before made of these on the demo model: the same weights, or not. */
  @Test
  void aCheckpointIsNotGoneOnWithByOtherArithmetic() {
    assertThat(key(Map.of("activation", TrainSpec.Activation.JUMPRELU)))
        .isEqualTo("d818c0c044ce04840fbf05250b3d64e720e2d8df10b6fa9c2138acc5d8f2325d");
    assertThat(key(Map.of("steps", 600)))
        .isEqualTo("f9175971142cc47c979835341384959e7c3ab688f46aa2f48fc6d66ec574ef3a");
    assertThat(key(Map.of("steps", 599)))
        .isNotEqualTo("48babb1c1a4b7b39faae3380fa81c1e0c8afb36a87a3226da31af2c2c036cb98");
    assertThat(key(Map.of("steps", 600, "patience", 3)))
        .isNotEqualTo("27321893dfa4ec2af65cabef7635a8fa6c1b0441e3d4fc9b5876449c2745b43a");
  }

  private String key(Map<String, ?> others) {
    TrainSpec spec = TrainSpecs.with(others);
    return Training.key(spec, model, TrainingText.read(spec, model));
  }

  @Test
  void activationsOnADiskGiveTheSameBytesAndAreReadAgain() throws IOException {
    Path disk = folder.resolve("disk");
    TrainSpec spec = TrainSpecs.with(Map.of("steps", 30));
    TrainingText text = TrainingText.read(spec, model);
    GroupedActivations computed = new GroupedActivations(activations(text));
    KeptActivations kept = new KeptActivations(computed, disk, "key");
    Map<Path, FileTime> first;
    try (ActivationStream memory = stream(computed, spec);
        ActivationStream onDisk = stream(kept, spec)) {
      assertThat(kept.requireRoom(onDisk.pieces(30), 1L << 40))
          .isEqualTo(
              "activations: 18.3 MB on disk in %s, 18.3 MB of them to be written, 1099.5 GB free"
                  .formatted(disk));
      assertSameSteps(memory, onDisk);
      first = times(disk);
      assertThat(first).hasSize(computed.count());
      assertThat(kept.requireRoom(onDisk.pieces(30), 0)).contains("0.0 MB of them to be written");
    }
    List<Path> files = List.copyOf(first.keySet());
    try (FileChannel cut = FileChannel.open(files.get(0), StandardOpenOption.WRITE)) {
      cut.truncate(cut.size() - 1);
    }
    Files.writeString(disk.resolve(".writing-1.safetensors"), "half of");
    try (ActivationStream memory = stream(computed, spec);
        ActivationStream again = stream(kept, spec)) {
      assertSameSteps(memory, again);
    }
    Map<Path, FileTime> second = times(disk);
    assertThat(files)
        .filteredOn(file -> !Objects.equals(first.get(file), second.get(file)))
        .hasSize(1);
  }

  @Test
  void refusesADiskWithoutRoomBeforeItWritesAnything() {
    TrainSpec spec = TrainSpecs.with(Map.of());
    KeptActivations kept =
        new KeptActivations(
            new GroupedActivations(activations(TrainingText.read(spec, model))),
            folder.resolve("disk"),
            "key");
    assertThatThrownBy(() -> kept.requireRoom(List.of(0, 1), 1 << 20))
        .hasMessageMatching(
            "train\\.activations: disk needs [\\d.]+ MB in \\S+, which has 1\\.0 MB free; make room"
                + " there, let PIECRUST_ACTIVATIONS name a larger disk, or set train\\.activations"
                + " to memory");
    assertThat(folder.resolve("disk")).doesNotExist();
  }

  private ModelActivations activations(TrainingText text) {
    return new ModelActivations(
        model, InputHook.labelled("hook_resid_mid").orElseThrow(), text.training());
  }

  private ActivationStream stream(ActivationSource source, TrainSpec spec) {
    return new ActivationStream(source, 4, spec.batch(), spec.seed(), manager);
  }

  private void assertSameSteps(ActivationStream one, ActivationStream two) {
    for (int step = 0; step < 30; step++) {
      try (NDManager scope = manager.newSubManager()) {
        Batch a = one.at(scope, step, done -> {});
        Batch b = two.at(scope, step, done -> {});
        assertThat(b.read().toFloatArray()).isEqualTo(a.read().toFloatArray());
        assertThat(b.written().toFloatArray()).isEqualTo(a.written().toFloatArray());
      }
    }
  }

  private static Map<Path, FileTime> times(Path disk) throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> files = Files.list(disk)) {
      for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  @Test
  void endsEarlyWhereItGetsNoBetterAndGoesOnWhereItWasKilled() {
    TrainSpec spec =
        TrainSpecs.with(Map.of("steps", 200, "checkpoint", 4, "patience", 2, "learningRate", 0.05));
    TrainProgress last = untilItEnds(spec, folder.resolve("one"), false);
    assertThat(last.early()).isTrue();
    assertThat(last.step()).isBetween(24, 196);
    assertThat(last.sentence()).endsWith("; no better for long enough, so it ends here");
    assertThat(untilItEnds(spec, folder.resolve("two"), true)).isEqualTo(last);
  }

  /**
   * @param killed after every part
   */
  private TrainProgress untilItEnds(TrainSpec spec, Path out, boolean killed) {
    Training training = open(spec, out);
    try {
      for (int part = 0; ; part++) {
        TrainProgress progress = training.until(spec.end(part), line -> {});
        if (progress.early() || progress.step() == spec.steps()) {
          assertThat(training.until(spec.steps(), line -> {})).isEqualTo(progress.withoutSpeed());
          return progress.withoutSpeed();
        }
        if (killed) {
          training.close();
          training = open(spec, out);
        }
      }
    } finally {
      training.close();
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
      training.until(120, line -> {});
      training.until(150, line -> {});
      report = training.finish("piecrust-demo", Map.of("ioi", ioi()), line -> {});
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
    Evaluation.Fit fit = found.selfTest().orElseThrow();
    assertThat(fit.active()).isBetween(4 * 5.0, 4 * 12.0);
    assertThat(fit.unexplained()) // the variance of all layers together
        .isBetween(
            0.001, found.layers().stream().mapToDouble(l -> l.unexplained()).max().orElse(0));
    assertThat(found.tasks()).extracting(Evaluation.Task::name).containsExactly("ioi");
    Evaluation.Task ioi = found.tasks().get(0);
    assertThat(ioi.prompts()).isEqualTo(8);
    assertThat(ioi.accuracy()).isGreaterThan(0.8); // its model card says that it answers them
    assertThat(ioi.difference()).isPositive();
    assertThat(ioi.kept()).hasValueSatisfying(kept -> assertThat(kept).isLessThan(1.2));
    try (Transcoder read = Transcoders.load(folder, manager, model.layers(), model.width())) {
      assertThat(read.expected().active()).hasValue(fit.active());
      assertThat(read.expected().unexplained()).hasValue(fit.unexplained());
    }
  }

  @Test
  void aTaskThatTheModelFailsHasNoShareThatIsKept() {
    assertThat(new Evaluation.Task("ioi", 8, -0.5, 1, 0.25, 0.75).kept()).isEmpty();
    assertThat(new Evaluation.Task("ioi", 8, 2, 1, 1, 0.75).kept()).hasValue(0.5);
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
  void forgetsWhatIsUnfinishedAndKeepsWhatAnotherFinished() throws IOException {
    TrainSpec spec = TrainSpecs.with(Map.of("steps", 4));
    TrainSpec other = TrainSpecs.with(Map.of("steps", 4, "learningRate", 0.001));
    TrainingText text = TrainingText.read(spec, model);
    try (Training training = open(other, folder)) {
      training.until(4, line -> {});
    }
    assertThatThrownBy(() -> open(spec, folder)).hasMessageContaining("one of this training");

    Files.writeString(folder.resolve("mine.txt"), "mine");
    Training.forget(spec, model, text, folder, "demo");
    assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("mine.txt"));
    Files.delete(folder.resolve("mine.txt"));
    try (Training training = open(spec, folder)) {
      training.until(4, line -> {});
      training.finish("demo", Map.of(), line -> {});
    }
    Training.forget(other, model, text, folder, "demo");
    assertThat(Training.found(spec, model, text, folder)).isPresent();
    Training.forget(spec, model, text, folder, "demo");
    assertThat(folder).isEmptyDirectory();
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
            "training 100,000 features in each of 4 layers needs about [\\d,]+ MiB of memory, and"
                + " cpu has 1,024 MiB free; fewer train.features or a smaller train.batch need"
                + " less");
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

  private List<TokenizedPair> ioi() {
    return TaskGenerator.of(TaskKind.IOI).generate(model.tokenizer(), 8, 0).stream()
        .map(pair -> PairChecks.check(pair, model.tokenizer(), "a pair"))
        .toList();
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
    List<Path> all = files(one);
    assertThat(all).contains(Path.of(".training/state.safetensors")).hasSizeGreaterThan(4);
    assertThat(files(two)).isEqualTo(all);
    for (Path file : all) {
      assertThat(two.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
