package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.SelfTest;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How well a transcoder, loaded as it lies in its folder, says what the MLPs write on text that
 * training left out.
 *
 * @param windows of the text
 * @param tokens in them, each window's first left out
 * @param layers one by one
 * @param densities number of features by how often they act: entry 0 counts those that never do,
 *     entry {@code i} those that act at shares of the tokens from {@code 10^(i-7)} up to {@code
 *     10^(i-6)}, entry 1 also those below
 * @param decoderNorms mean norm of what a feature writes into the layer this far behind its own
 * @param replacement what the model says where all MLPs are replaced by the transcoder
 * @param selfTest what {@code doctor} finds of it, in the words of its configuration
 * @param tasks what is left of the model's answers there, where the spec has tasks
 */
public record Evaluation(
    int windows,
    long tokens,
    List<Layer> layers,
    List<Long> densities,
    List<Double> decoderNorms,
    Replacement replacement,
    Optional<Fit> selfTest,
    List<Task> tasks) {
  /** Windows that go through the replaced model, which is run once for each layer. */
  private static final int REPLACED_WINDOWS = 32;

  /** Windows of all figures but the replacement's. */
  private static final int MOST_WINDOWS = 512;

  /** Decades of densities, from those that never act to those that always do. */
  private static final int DECADES = 7;

  /**
   * One layer.
   *
   * @param unexplained squared error of what the MLP writes over its variance
   * @param active features of a token, in the mean
   * @param dead share of the features that never act
   */
  public record Layer(double unexplained, double active, double dead) {}

  /**
   * The model with all MLPs replaced, each layer reading what the replaced ones before it made.
   *
   * @param windows that were read
   * @param loss cross-entropy of the model itself, nats a token
   * @param replaced of the model with its MLPs replaced
   * @param without of the model without MLPs
   * @param kl KL(model ‖ replaced), nats a token
   */
  public record Replacement(int windows, double loss, double replaced, double without, double kl) {
    /** Share of what the MLPs are good for that the transcoder keeps; at most 1. */
    public double recovered() {
      return (without - replaced) / (without - loss);
    }
  }

  /**
   * A self-test on held-out text.
   *
   * @param tokens that were looked at
   * @param active features of a token in all layers
   * @param unexplained share of the variance of what the MLPs write
   */
  public record Fit(int tokens, double active, double unexplained) {
    /** The lines of a configuration in which it is read again. */
    String lines() {
      return "self_test: {tokens: %d, active: %s, unexplained: %s}\n"
          .formatted(tokens, active, unexplained);
    }
  }

  /**
   * A task with all MLPs replaced.
   *
   * @param difference by how much the right answer's logit is above the wrong one's in the model,
   *     in the mean of prompts
   * @param replaced likewise with the MLPs replaced
   * @param accuracy share of the prompts at which it is above
   * @param replacedAccuracy likewise with the MLPs replaced
   */
  public record Task(
      String name,
      int prompts,
      double difference,
      double replaced,
      double accuracy,
      double replacedAccuracy) {
    /** Share of the logit difference that the transcoder keeps, where the model has one. */
    public Optional<Double> kept() {
      return difference > 0 ? Optional.of(replaced / difference) : Optional.empty();
    }
  }

  public Evaluation {
    selfTest = Objects.requireNonNullElse(selfTest, Optional.empty()); // older ones know none
    tasks = List.copyOf(Objects.requireNonNullElse(tasks, List.of()));
    layers = List.copyOf(layers);
    densities = List.copyOf(densities);
    decoderNorms = List.copyOf(decoderNorms);
  }

  /** Mean of the layers. */
  public double unexplained() {
    return layers.stream().mapToDouble(Layer::unexplained).average().orElseThrow();
  }

  /** Mean of the layers. */
  public double active() {
    return layers.stream().mapToDouble(Layer::active).average().orElseThrow();
  }

  /**
   * Measures a folder.
   *
   * @param spec that the transcoder was trained by
   * @param heldOut windows that training left out, token ids each
   * @param tasks pairs of each, by name
   * @param parent decides the device
   * @param progress hears how far it is, and may end it by throwing
   */
  public static Evaluation of(
      TrainSpec spec,
      Transformer model,
      List<int[]> heldOut,
      Map<String, List<TokenizedPair>> tasks,
      Path folder,
      NDManager parent,
      Consumer<String> progress) {
    List<int[]> some = heldOut.subList(0, Math.min(MOST_WINDOWS, heldOut.size()));
    try (NDManager manager = parent.newSubManager();
        Transcoder transcoder = Transcoders.load(folder, manager, model.layers(), model.width())) {
      Said said = new Said(spec, transcoder, folder, manager);
      EvaluationSums sums = new EvaluationSums(transcoder);
      for (int i = 0; i < some.size(); i++) {
        progress.accept("evaluates: window %,d of %,d".formatted(i + 1, some.size()));
        try (NDManager scope = manager.newSubManager()) {
          sums.add(model.trace(scope, new TokenBatch(List.of(some.get(i)))), model, said);
        }
      }
      return new Evaluation(
          some.size(),
          sums.tokens(),
          sums.layers(),
          sums.densities(DECADES),
          decoderNorms(transcoder, manager),
          replacement(
              model,
              said,
              some.subList(0, Math.min(REPLACED_WINDOWS, some.size())),
              manager,
              progress),
          Optional.of(selfTest(model, transcoder, some, manager)),
          new TaskScores(model, said, manager).of(tasks, progress));
    }
  }

  private static Fit selfTest(
      Transformer model, Transcoder transcoder, List<int[]> windows, NDManager manager) {
    SelfTest found = SelfTest.of(model, transcoder, manager, windows);
    return new Fit(found.tokens(), found.active(), found.unexplained());
  }

  private static List<Double> decoderNorms(Transcoder transcoder, NDManager manager) {
    double[] sums = new double[transcoder.layers()];
    int[] counts = new int[transcoder.layers()];
    int[] all = IntStream.range(0, transcoder.features()).toArray();
    for (int l = 0; l < transcoder.layers(); l++) {
      try (NDManager scope = manager.newSubManager()) {
        NDArray rows = transcoder.decoderRows(scope, l, all); // [F, writes, d]
        float[] norms = rows.square().sum(new int[] {2}).sqrt().mean(new int[] {0}).toFloatArray();
        for (int t = 0; t < norms.length; t++) {
          sums[t] += norms[t];
          counts[t]++;
        }
      }
    }
    List<Double> means = new ArrayList<>();
    for (int t = 0; t < sums.length && counts[t] > 0; t++) {
      means.add(sums[t] / counts[t]);
    }
    return means;
  }

  private static Replacement replacement(
      Transformer model,
      Said said,
      List<int[]> windows,
      NDManager manager,
      Consumer<String> progress) {
    double[] sums = new double[4];
    long tokens = 0;
    for (int[] window : windows) {
      progress.accept("evaluates the model with all MLPs replaced");
      TokenBatch one = new TokenBatch(List.of(window));
      try (NDManager scope = manager.newSubManager()) {
        NDArray clean = logProbabilities(model, scope, one, List.of());
        NDArray replaced = logProbabilities(model, scope, one, said.replacing(scope, model, one));
        NDArray without = logProbabilities(model, scope, one, Said.removing(scope, model, one));
        NDArray next = one.ids(scope).get(new NDIndex("0, 1:")).expandDims(1); // [T-1, 1]
        sums[0] += loss(clean, next);
        sums[1] += loss(replaced, next);
        sums[2] += loss(without, next);
        sums[3] += clean.exp().mul(clean.sub(replaced)).sum().getFloat();
        tokens += window.length - 1;
      }
    }
    double all = tokens;
    double[] means = Arrays.stream(sums).map(sum -> sum / all).toArray();
    return new Replacement(windows.size(), means[0], means[1], means[2], means[3]);
  }

  /** Of the next token at each position but the last, {@code [T-1, V]}. */
  private static NDArray logProbabilities(
      Transformer model, NDManager scope, TokenBatch one, List<NDArray> patch) {
    NDArray hidden = model.run(scope, one, patch); // [1, T, d]
    return model
        .unembed(hidden.get(new NDIndex("0, :-1")))
        .toType(DataType.FLOAT32, false)
        .logSoftmax(1);
  }

  private static double loss(NDArray logProbabilities, NDArray next) {
    return -logProbabilities.gather(next, 1).sum().getFloat();
  }
}
