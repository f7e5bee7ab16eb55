package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.resources;
import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Transformer;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.tensor.DeviceChoice;
import dev.piecrust.transcoder.TranscoderSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Trains a transcoder into a folder (docs/training.md). After every part there is a checkpoint in
 * it: whoever opens the same training later goes on there, and ends with the same bytes.
 */
public final class Training implements AutoCloseable {
  /** Changes whenever the same spec gives other weights. */
  private static final String VERSION = "train/1";

  /** Of the variance; far above it nothing is learned any more. */
  private static final double DIVERGED = 100;

  /** Where checkpoints lie in the folder. */
  private static final String STATE = ".training";

  /** Arrays of one step that hold a number for each feature and token, at the peak. */
  private static final int STEP_ARRAYS = 8;

  private final TrainSpec spec;
  private final Transformer model;
  private final TrainingText text;
  private final Path folder;
  private final NDManager manager;
  private final ActivationStream stream;
  private final Checkpoint checkpoint;
  private final int features;
  private Optional<Trainer> trainer = Optional.empty();

  private Training(
      TrainSpec spec,
      Transformer model,
      TrainingText text,
      Path folder,
      NDManager manager,
      String key) {
    this.spec = spec;
    this.model = model;
    this.text = text;
    this.folder = folder;
    this.manager = manager;
    this.features = features(spec, model);
    InputHook hook = InputHook.labelled(spec.hook().label()).orElseThrow();
    this.stream =
        new ActivationStream(model, hook, text.training(), spec.batch(), spec.seed(), manager);
    this.checkpoint = new Checkpoint(folder.resolve(STATE).resolve("state.safetensors"), key);
  }

  /**
   * Begins a training, or finds where it is.
   *
   * @param folder new, empty, or with this very training in it
   * @param parent decides the device
   * @throws dev.piecrust.failure.PieCrustException of category user where the folder holds
   *     something else, or the corpus is too small; of category resources where memory does not
   *     suffice
   */
  public static Training open(
      TrainSpec spec, Transformer model, TrainingText text, Path folder, NDManager parent) {
    return open(spec, model, text, folder, parent, new MachineMemory());
  }

  static Training open(
      TrainSpec spec,
      Transformer model,
      TrainingText text,
      Path folder,
      NDManager parent,
      FreeMemory memory) {
    requireMemory(spec, model, parent, memory);
    NDManager manager = parent.newSubManager();
    try {
      Training training = new Training(spec, model, text, folder, manager, key(spec, model, text));
      training.requireOwnFolder();
      return training;
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static int features(TrainSpec spec, Transformer model) {
    return features(spec, model.width());
  }

  /** What a transcoder of this training needs memory for. */
  public static TranscoderSize size(TrainSpec spec, int layers, int width) {
    return new TranscoderSize(features(spec, width), spec.skip() ? layers : 0);
  }

  /** Features a layer, in a model of this width. */
  private static int features(TrainSpec spec, int width) {
    return spec.features().orElse(4 * width);
  }

  /** Floating-point operations of a training, in a model of so many parameters and this shape. */
  public static double flops(TrainSpec spec, long parameters, int layers, int width) {
    double weights = Weights.count(spec, layers, width, features(spec, width));
    return 2.0 * spec.steps() * spec.batch() * (parameters + 3 * weights);
  }

  /**
   * Of all that decides the weights; where the corpus lies and when checkpoints are taken do not.
   */
  private static String key(TrainSpec spec, Transformer model, TrainingText text) {
    return Checkpoints.key(
        VERSION,
        model.fingerprint(),
        text.sha256(),
        spec.kind().label(),
        spec.activation().label(),
        spec.penalty().label(),
        spec.skip(),
        spec.hook().label(),
        features(spec, model),
        spec.l0(),
        spec.steps(),
        spec.batch(),
        spec.learningRate(),
        spec.warmUp(),
        spec.seed(),
        spec.heldOut());
  }

  private static void requireMemory(
      TrainSpec spec, Transformer model, NDManager parent, FreeMemory memory) {
    long layers = model.layers();
    long features = features(spec, model);
    if (features <= spec.l0()) {
      throw user(
          "train.l0 is %d of %,d features, expected fewer than train.features",
          spec.l0(), features);
    }
    long largest = features * model.width() * layers;
    if (largest > Integer.MAX_VALUE / 4) {
      throw user(
          "train.features: %,d features in %d layers of width %d are %,d weights in one array,"
              + " expected at most %,d",
          features, layers, model.width(), largest, Integer.MAX_VALUE / 4);
    }
    // Weights with two moments and a gradient, a step's arrays, and the buffer twice while it
    // fills.
    long need =
        16 * Weights.count(spec, layers, model.width(), features)
            + 4L * STEP_ARRAYS * layers * spec.batch() * features
            + 2 * ActivationStream.bufferBytes(model, spec.batch());
    long free = memory.bytes(parent.getDevice());
    if (need > free) {
      throw resources(
          "training %,d features in each of %d layers needs about %,d MiB of memory, and %s has %,d"
              + " MiB free; fewer train.features or a smaller train.batch need less",
          features, layers, need >> 20, DeviceChoice.name(parent.getDevice()), free >> 20);
    }
  }

  private void requireOwnFolder() {
    try {
      if (!Files.exists(folder) || checkpoint.step().isPresent()) {
        return;
      }
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          if (entries.findAny().isEmpty()) {
            return;
          }
        }
      }
      throw user(
          "%s is already there, expected a new or an empty folder, or one of this training",
          folder);
    } catch (IOException e) {
      throw external(folder + ": cannot be read", e);
    }
  }

  /** Steps that are in the last checkpoint. */
  public int done() {
    return checkpoint.step().orElse(0);
  }

  /**
   * Trains on from the last checkpoint to a step, and takes the next one there. One that diverges
   * says so, and leaves the last checkpoint as it is.
   *
   * @param progress hears of every step, and may end the work by throwing
   */
  public TrainProgress until(int step, Consumer<String> progress) {
    if (done() >= step) {
      return checkpoint.progress();
    }
    Trainer running =
        trainer.filter(there -> there.steps() == done()).orElseGet(() -> begin(progress));
    trainer = Optional.of(running);
    int first = running.steps();
    long started = System.nanoTime();
    double unexplained = 0;
    double active = 0;
    while (running.steps() < step) {
      try (NDManager scope = manager.newSubManager()) {
        Batch batch = stream.at(scope, running.steps(), w -> progress.accept(line(running, w)));
        Trainer.Figures figures = running.step(scope, batch);
        double now = figures.meanUnexplained();
        if (!(now < DIVERGED)) {
          trainer = Optional.empty();
          return TrainProgress.diverged(
              running.steps(),
              spec.steps(),
              "at step %d, where the squared error is %.3g times the variance;"
                      .formatted(running.steps(), now)
                  + " a lower train.learning_rate helps");
        }
        unexplained += now;
        active += figures.meanActive();
        progress.accept("train: step %,d of %,d".formatted(running.steps(), spec.steps()));
      }
    }
    int steps = running.steps() - first;
    double seconds = (System.nanoTime() - started) / 1e9;
    TrainProgress reached =
        new TrainProgress(
            running.steps(),
            spec.steps(),
            unexplained / steps,
            active / steps,
            running.deadShare(),
            Optional.of((double) spec.batch() * steps / seconds),
            Optional.empty());
    checkpoint.take(running, reached);
    return reached;
  }

  private String line(Trainer running, int windows) {
    return "train: step %,d of %,d, the model has read %,d windows more"
        .formatted(running.steps(), spec.steps(), windows);
  }

  private Trainer begin(Consumer<String> progress) {
    int done = done();
    try (NDManager scope = manager.newSubManager()) {
      Batch sample = stream.at(scope, done, w -> progress.accept("train: begins"));
      Trainer begun = new Trainer(spec, manager, sample, features);
      if (done > 0) {
        checkpoint.resume(manager, begun);
      }
      return begun;
    }
  }

  /**
   * Writes the transcoder of the last checkpoint into the folder, measures it there on held-out
   * text, and removes the checkpoint: the training is over.
   */
  public TrainReport finish(String modelName, Consumer<String> progress) {
    TrainProgress reached = checkpoint.progress();
    write(modelName);
    Evaluation evaluation = Evaluation.of(spec, model, text.heldOut(), folder, manager, progress);
    TrainReport report =
        new TrainReport(checkpoint.key(), modelName, features, spec, reached, evaluation);
    report.write(folder);
    checkpoint.remove();
    return report;
  }

  /** Writes the transcoder of the last checkpoint into the folder. */
  void write(String modelName) {
    Trainer trained =
        trainer.filter(there -> there.steps() == done()).orElseGet(() -> begin(line -> {}));
    trainer = Optional.of(trained);
    new FoldedTranscoder(spec, trained).write(manager, folder, modelName);
  }

  /** What this very training came to, if its folder is whole. */
  public static Optional<TrainReport> found(
      TrainSpec spec, Transformer model, TrainingText text, Path folder) {
    String wanted = key(spec, model, text);
    return TrainReport.read(folder).filter(report -> report.key().equals(wanted));
  }

  /** Activations {@code [N, F]} of a layer as they are trained, of what encoders read. */
  NDArray activations(NDManager scope, NDArray read, int layer) {
    Trainer trained = trainer.orElseThrow();
    Weights weights = trained.weights().in(scope);
    NDArray x = trained.reads().normalize(read);
    NDArray z = x.matMul(weights.encoder().transpose(0, 2, 1)).add(weights.encoderBias());
    return z.mul(trained.gate().settled(z)).get(layer);
  }

  @Override
  public void close() {
    stream.close();
    manager.close();
  }
}
