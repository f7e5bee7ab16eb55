package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.resources;
import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.hub.HubDisk;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Transformer;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.DeviceChoice;
import dev.piecrust.transcoder.TranscoderSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Trains a transcoder into a folder (docs/training.md). After every part there is a checkpoint in
 * it: whoever opens the same training later goes on there, and ends with the same bytes.
 */
public final class Training implements AutoCloseable {
  /** Changes whenever the same spec gives other weights. */
  private static final String VERSION = "train/1";

  /** Likewise, where {@link Gate#isBrief} holds. */
  private static final String BRIEF = "brief/1";

  /** Changes whenever the same model and text give other activations. */
  private static final String ACTIVATIONS = "activations/1";

  /** Of the variance; far above it nothing is learned any more. */
  private static final double DIVERGED = 100;

  /** Arrays of one step that hold a number for each feature and token, at the peak. */
  private static final int STEP_ARRAYS = 8;

  private final TrainSpec spec;
  private final Transformer model;
  private final TrainingText text;
  private final Path folder;
  private final NDManager manager;
  private final ActivationStream stream;
  private final String room;
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
    ModelActivations computed =
        new ModelActivations(
            model, InputHook.labelled(spec.hook().label()).orElseThrow(), text.training());
    Optional<KeptActivations> kept =
        spec.activations() == TrainSpec.Activations.DISK
            ? Optional.of(kept(spec, computed, text, manager))
            : Optional.empty();
    this.stream =
        new ActivationStream(
            kept.<ActivationSource>map(there -> there).orElse(computed),
            ActivationStream.bufferSteps(model.layers(), model.width(), spec.batch()),
            spec.batch(),
            spec.seed(),
            manager);
    this.room = kept.map(disk -> disk.requireRoom(stream.pieces(spec.steps()))).orElse("");
    this.checkpoint = new TrainingFolder(folder).checkpoint(key);
  }

  /**
   * Begins a training, or finds where it is.
   *
   * @param folder new, empty, or with this very training in it
   * @param parent decides the device
   * @throws dev.piecrust.failure.PieCrustException of category user where the folder holds
   *     something else or cannot be written, or the corpus is too small; of category resources
   *     where memory does not suffice
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
    requireSize(spec, model.layers(), model.width());
    requireWritable(folder);
    shortage(
            spec,
            model.layers(),
            model.width(),
            DeviceChoice.name(parent.getDevice()),
            memory.bytes(parent.getDevice()))
        .ifPresent(
            shortage -> {
              throw resources("%s", shortage);
            });
    NDManager manager = parent.newSubManager();
    try {
      Training training = new Training(spec, model, text, folder, manager, key(spec, model, text));
      if (training.checkpoint.step().isEmpty()) {
        new TrainingFolder(folder).requireFree();
        new TrainingFolder(folder).make();
      }
      return training;
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static KeptActivations kept(
      TrainSpec spec, ModelActivations computed, TrainingText text, NDManager manager) {
    String key =
        Checkpoints.key(
            ACTIVATIONS,
            computed.model().fingerprint(),
            computed.hook().label(),
            text.sha256(),
            spec.heldOut(),
            ModelActivations.TOGETHER,
            manager.getDevice().getDeviceType());
    return new KeptActivations(
        new GroupedActivations(computed), ActivationFolder.ofThisProcess().resolve(key), key);
  }

  /** Where activations are on a disk and how much of it they take, in a sentence; else empty. */
  public String room() {
    return room;
  }

  /**
   * How much of a disk a training takes at most, if its text is as long as it may be; empty where
   * it keeps its activations in memory.
   */
  public static Optional<String> diskNote(TrainSpec spec, int layers, int width) {
    if (spec.activations() == TrainSpec.Activations.MEMORY) {
      return Optional.empty();
    }
    long text = (long) spec.windows() * (spec.context() - 1);
    long read = (long) (spec.steps() + ActivationStream.MOST_STEPS) * spec.batch();
    long bytes = ModelActivations.tokenBytes(layers, width) * Math.min(text, read);
    Path there = ActivationFolder.ofThisProcess();
    return Optional.of(
        "activations take at most %s on disk in %s, which has %s free"
            .formatted(HubDisk.readable(bytes), there, HubDisk.readable(HubDisk.free(there))));
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
  static String key(TrainSpec spec, Transformer model, TrainingText text) {
    List<Object> parts =
        new ArrayList<>(
            List.of(
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
                spec.heldOut()));
    if (spec.activations() == TrainSpec.Activations.DISK) { // whose order is another
      parts.add(ACTIVATIONS);
    }
    if (Gate.isBrief(spec)) {
      parts.add(BRIEF);
    }
    spec.patience().ifPresent(most -> parts.addAll(List.of(most, spec.end(0))));
    return Checkpoints.key(parts.toArray());
  }

  /**
   * Refuses, as a user error, what no machine could train.
   *
   * @param layers of the model
   * @param width of the model
   */
  public static void requireSize(TrainSpec spec, int layers, int width) {
    long features = features(spec, width);
    if (features <= spec.l0()) {
      throw user(
          "train.l0 is %d of %,d features, expected fewer than train.features",
          spec.l0(), features);
    }
    long largest = features * width * layers;
    if (largest > Integer.MAX_VALUE / 4) {
      throw user(
          "train.features: %,d features in %d layers of width %d are %,d weights in one array,"
              + " expected at most %,d",
          features, layers, width, largest, Integer.MAX_VALUE / 4);
    }
  }

  /** Refuses, as a user error, a folder that cannot be written. */
  public static void requireWritable(Path folder) {
    new TrainingFolder(folder).requireWritable();
  }

  /**
   * Why a device has not enough memory beside the model; empty where it has.
   *
   * @param layers of the model
   * @param width of the model
   * @param device as {@link DeviceChoice} spells it
   * @param free bytes of its memory
   */
  public static Optional<String> shortage(
      TrainSpec spec, int layers, int width, String device, long free) {
    // Weights with two moments and a gradient, a step's arrays, and the buffer twice while it
    // fills.
    long features = features(spec, width);
    long need =
        16 * Weights.count(spec, layers, width, features)
            + 4L * STEP_ARRAYS * layers * spec.batch() * features
            + 2 * ActivationStream.bufferBytes(layers, width, spec.batch());
    return need <= free
        ? Optional.empty()
        : Optional.of(
            ("training %,d features in each of %d layers needs about %,d MiB of memory, and %s has"
                    + " %,d MiB free; fewer train.features or a smaller train.batch need less")
                .formatted(features, layers, need >> 20, device, free >> 20));
  }

  /** Steps that are in the last checkpoint. */
  public int done() {
    return checkpoint.step().orElse(0);
  }

  /**
   * Trains on from the last checkpoint to a step, and takes the next one there. One that diverges
   * says so, and leaves the last checkpoint as it is; one that ended early stays where it is.
   *
   * @param progress hears of every step, and may end the work by throwing
   */
  public TrainProgress until(int step, Consumer<String> progress) {
    int before = done();
    Patience patience = before > 0 ? checkpoint.patience() : Patience.FRESH;
    if (before >= step || patience.isOver(spec)) {
      return checkpoint.progress();
    }
    Trainer running =
        trainer.filter(there -> there.steps() == before).orElseGet(() -> begin(progress));
    trainer = Optional.of(running);
    long started = System.nanoTime();
    PartSums sums = new PartSums();
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
                  + " a lower train.learning_rate helps, with --fresh in the same folder");
        }
        sums.add(figures);
        progress.accept("train: step %,d of %,d".formatted(running.steps(), spec.steps()));
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    TrainProgress part = sums.progress(running, spec, seconds);
    Patience next = patience.after(part, spec);
    TrainProgress reached = part.ending(next.isOver(spec) && part.step() < spec.steps());
    checkpoint.take(running, reached, next);
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
   * text and on tasks, and removes the checkpoint: the training is over.
   *
   * @param tasks pairs of each, by name
   */
  public TrainReport finish(
      String modelName, Map<String, List<TokenizedPair>> tasks, Consumer<String> progress) {
    TrainProgress reached = checkpoint.progress();
    write(modelName);
    Evaluation evaluation =
        Evaluation.of(spec, model, text.heldOut(), tasks, folder, manager, progress);
    FoldedTranscoder.writeConfig(
        spec, folder, modelName, evaluation.selfTest().map(Evaluation.Fit::lines).orElse(""));
    TrainReport report =
        new TrainReport(checkpoint.key(), modelName, features, spec, reached, evaluation);
    report.write(folder);
    tidy(folder);
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

  /** Removes what a kill has left beside a whole transcoder. */
  public static void tidy(Path folder) {
    new TrainingFolder(folder).tidy();
  }

  /**
   * Makes room for this training in a folder in which it is done or under way, or in which another
   * is under way: what that has made is removed. What another has finished stays.
   *
   * @param modelName as in {@link #finish}
   */
  public static void forget(
      TrainSpec spec, Transformer model, TrainingText text, Path folder, String modelName) {
    TrainingFolder there = new TrainingFolder(folder);
    Optional<TrainReport> report = TrainReport.read(folder);
    String wanted = key(spec, model, text);
    boolean own =
        report
            .filter(
                found ->
                    found.key().equals(wanted)
                        || (found.spec().equals(spec) && found.model().equals(modelName)))
            .isPresent();
    if (own || (report.isEmpty() && there.isUnderWay())) {
      there.clear();
    }
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
