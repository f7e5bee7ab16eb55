package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.TrainSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A training's state, and its step: forward, the mean squared error of all layers' outputs, each in
 * units of its own spread, gradients that are written out, and Adam. Which bits come out depends on
 * the spec and the tokens alone, and not on the number of threads.
 */
public final class Trainer {
  private static final double CLIP = 1;

  /** A feature that was silent for so many steps is dead, and starts afresh at the next look. */
  private static final int SILENT = 50;

  /** No feature starts afresh in the last fifth, where it could not learn any more. */
  private static final double LAST_REVIVAL = 0.8;

  /** Share of what a reviving feature's token lacks that it writes at first. */
  private static final double FIRST_WRITE = 0.2;

  /** Width of the window in which a threshold feels its pre-activations, in their spread. */
  static final double BANDWIDTH = 0.1;

  /** How fast the sparsity's weight goes where active features are off target. */
  private static final double GAIN = 0.05;

  private static final double LEAST_WEIGHT = 1e-7;
  private static final double MOST_WEIGHT = 1e3;

  private final TrainSpec spec;
  private final Weights weights;
  private final Gate gate;
  private final Scales reads;
  private final Scales writes;
  private final AdamW optimizer;
  private final OneCycle rate;

  /** Steps since each feature acted, {@code [L, 1, F]}. */
  private final NDArray silence;

  private double sparsity;
  private int step;

  /**
   * What a step came to.
   *
   * @param unexplained squared error over variance, an entry a layer
   * @param active features of a token, an entry a layer
   * @param loss that is made small
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Figures(float[] unexplained, double[] active, double loss) {
    double meanUnexplained() {
      double sum = 0;
      for (float layer : unexplained) {
        sum += layer;
      }
      return sum / unexplained.length;
    }

    double meanActive() {
      double sum = 0;
      for (double layer : active) {
        sum += layer;
      }
      return sum / active.length;
    }
  }

  /**
   * A training at its beginning.
   *
   * @param manager of its state
   * @param sample by which numbers are scaled; what is computed in is its type, f32 or, for single
   *     passes, f64
   * @param features of each layer
   */
  public Trainer(TrainSpec spec, NDManager manager, Batch sample, int features) {
    this.spec = spec;
    Shape shape = sample.read().getShape(); // [L, N, d]
    int layers = Math.toIntExact(shape.get(0));
    int width = Math.toIntExact(shape.get(2));
    DataType type = sample.read().getDataType();
    this.weights = Weights.draw(spec, manager, new Shape(layers, features, width), type);
    this.gate = Gate.of(spec, manager, layers, features, type);
    this.reads = kept(manager, Scales.of(sample.read()));
    this.writes = kept(manager, Scales.of(sample.written()));
    List<NDArray> parameters = new ArrayList<>(weights.all());
    if (spec.activation() == TrainSpec.Activation.JUMPRELU) {
      parameters.add(gate.threshold());
    }
    this.optimizer = new AdamW(parameters, 0, CLIP);
    this.rate = new OneCycle(spec.learningRate(), spec.steps(), spec.warmUp());
    this.silence = manager.zeros(new Shape(layers, 1, features), type);
    this.sparsity = 0.01 / spec.l0();
  }

  private static Scales kept(NDManager manager, Scales scales) {
    scales.mean().attach(manager);
    scales.spread().attach(manager);
    return scales;
  }

  Weights weights() {
    return weights;
  }

  Gate gate() {
    return gate;
  }

  Scales reads() {
    return reads;
  }

  Scales writes() {
    return writes;
  }

  /** Steps that were made. */
  int steps() {
    return step;
  }

  /** The present weight of the penalty. */
  double sparsity() {
    return sparsity;
  }

  /** Share of the features that have not acted for a while. */
  double deadShare() {
    int dead = 0;
    float[] all = silence.toFloatArray();
    for (float steps : all) {
      dead += steps >= SILENT ? 1 : 0;
    }
    return dead / (double) all.length;
  }

  /** The arrays of a checkpoint, in an order of their own. */
  List<NDArray> state() {
    List<NDArray> state = new ArrayList<>(weights.all());
    state.addAll(
        List.of(gate.threshold(), reads.mean(), reads.spread(), writes.mean(), writes.spread()));
    state.add(silence);
    state.addAll(optimizer.moments());
    return state;
  }

  /** Goes on where a checkpoint was taken. */
  void resume(int stepsDone, double sparsityThen, List<NDArray> state) {
    List<NDArray> own = state();
    for (int i = 0; i < own.size(); i++) {
      state.get(i).copyTo(own.get(i));
    }
    int moments = optimizer.moments().size();
    optimizer.resume(stepsDone, state.subList(state.size() - moments, state.size()));
    step = stepsDone;
    sparsity = sparsityThen;
  }

  /**
   * What a batch says, before anything is changed but a running threshold.
   *
   * @param x what encoders read, scaled, {@code [L, N, d]}
   * @param error of what was written, scaled, {@code [L, N, d]}
   * @param mask 1 where a feature acts, {@code [L, N, F]}
   * @param gradients of all parameters, in their order
   * @param penalty what is added to the squared error, for each layer and token {@code [L, N]};
   *     empty where nothing is
   */
  record Pass(
      NDArray x, NDArray error, NDArray mask, List<NDArray> gradients, Optional<NDArray> penalty) {}

  /** One pass; {@code scope} holds what it makes. */
  Pass pass(NDManager scope, Batch batch) {
    NDArray x = reads.normalize(batch.read());
    NDArray y = writes.normalize(batch.written());
    Weights now = weights.in(scope);
    long tokens = x.getShape().get(1);
    NDArray z = x.matMul(now.encoder().transpose(0, 2, 1)).addi(now.encoderBias()); // [L, N, F]
    NDArray mask = gate.mask(z, step);
    NDArray a = z.mul(mask);
    NDArray error = now.decoding().decode(a).add(now.decoderBias()).subi(y); // [L, N, d]
    now.skip().ifPresent(skip -> error.addi(x.matMul(skip.transpose(0, 2, 1))));
    NDArray g = error.mul(2.0 / (tokens * x.getShape().get(2)));

    Decoding.Adjoint adjoint = now.decoding().adjoint(a, g);
    Penalized penalized = penalized(now, z, a, mask, adjoint, sparsity / tokens);
    NDArray dz = penalized.activations().muli(mask);
    List<NDArray> gradients = new ArrayList<>();
    gradients.add(dz.transpose(0, 2, 1).matMul(x));
    gradients.add(dz.sum(new int[] {1}, true));
    gradients.add(g.sum(new int[] {1}, true));
    now.skip().ifPresent(skip -> gradients.add(g.transpose(0, 2, 1).matMul(x)));
    gradients.addAll(penalized.others());
    return new Pass(x, error, mask, gradients, penalized.penalty());
  }

  /** One step; {@code scope} holds what it needs in between. */
  public Figures step(NDManager scope, Batch batch) {
    Pass pass = pass(scope, batch);
    Figures figures = figures(pass);
    optimizer.step(pass.gradients(), rate.at(step));
    gate.keepAboveZero(scope);
    follow(pass.mask(), figures);
    step++;
    if (step % SILENT == 0 && step < LAST_REVIVAL * spec.steps()) {
      revive(scope, pass.x(), pass.error());
    }
    return figures;
  }

  /**
   * Gradients with what keeps features few.
   *
   * @param others of the decoders, and of thresholds that are learned
   * @param penalty as in {@link Pass}
   */
  private record Penalized(NDArray activations, List<NDArray> others, Optional<NDArray> penalty) {}

  private Penalized penalized(
      Weights now, NDArray z, NDArray a, NDArray mask, Decoding.Adjoint adjoint, double weight) {
    NDArray da = adjoint.activations();
    NDArray each = mask;
    List<NDArray> others = new ArrayList<>(adjoint.weights());
    switch (spec.activation()) {
      case RELU -> {
        NDArray norms = now.decoding().norms().maximum(1e-8); // [L, 1, F]
        NDArray slope = mask;
        each = a.mul(norms);
        if (spec.penalty() == TrainSpec.Penalty.TANH) {
          each = each.tanh();
          slope = mask.sub(each.square());
        }
        NDArray longer = slope.mul(a).sum(new int[] {1}, true).mul(weight).div(norms);
        List<NDArray> decoders = now.decoding().scaled(longer);
        for (int i = 0; i < decoders.size(); i++) {
          others.set(i, others.get(i).add(decoders.get(i)));
        }
        da = da.add(slope.mul(norms).muli(weight));
      }
      case JUMPRELU -> {
        NDArray threshold = gate.threshold();
        NDArray near = z.sub(threshold).abs().lt(BANDWIDTH / 2).toType(z.getDataType(), false);
        NDArray felt = da.mul(threshold).addi(weight).muli(near);
        others.add(felt.sum(new int[] {1}, true).mul(-1 / BANDWIDTH));
      }
      case BATCHTOPK, TOPK -> {
        return new Penalized(da, others, Optional.empty()); // as many act as should
      }
    }
    return new Penalized(da, others, Optional.of(each.sum(new int[] {2}).muli(weight)));
  }

  private static Figures figures(Pass pass) {
    float[] unexplained =
        pass.error().square().mean(new int[] {2}).mean(new int[] {1}).toFloatArray(); // [L]
    double loss = 0;
    for (float layer : unexplained) {
      loss += layer;
    }
    if (pass.penalty().isPresent()) {
      for (float layer : pass.penalty().get().sum(new int[] {1}).toFloatArray()) {
        loss += layer;
      }
    }
    NDArray mask = pass.mask();
    long tokens = mask.getShape().get(1);
    float[] counts = mask.sum(new int[] {1}).sum(new int[] {1}).toFloatArray(); // [L], exact
    double[] active = new double[counts.length];
    for (int l = 0; l < counts.length; l++) {
      active[l] = counts[l] / (double) tokens;
    }
    return new Figures(unexplained, active, loss);
  }

  /** Notes which features acted, and moves the penalty's weight to where the target is met. */
  private void follow(NDArray mask, Figures figures) {
    NDArray silent = mask.max(new int[] {1}, true).neg().addi(1); // [L, 1, F]
    silence.addi(1).muli(silent);
    double off = Math.max(-1, Math.min(1, figures.meanActive() / spec.l0() - 1));
    sparsity = Math.max(LEAST_WEIGHT, Math.min(MOST_WEIGHT, sparsity * Math.exp(GAIN * off)));
  }

  /**
   * Dead features start afresh, each where one token's error is: it reads the direction of what the
   * layer reads there, and writes a part of what is missing. Tokens are drawn by their error.
   */
  private void revive(NDManager scope, NDArray x, NDArray error) {
    if (deadShare() == 0) {
      return;
    }
    NDArray dead = Weights.handle(scope, silence).gte(SILENT).toType(error.getDataType(), false);
    List<NDArray> tokens = drawn(scope, error, weights.encoder().getShape().get(1));
    NDList read = new NDList();
    for (int l = 0; l < tokens.size(); l++) {
      read.add(x.get(l).get(tokens.get(l))); // [F, d]
    }
    NDArray inputs = NDArrays.stack(read);
    NDArray lengths = inputs.square().sum(new int[] {2}, true).sqrt().maximum(1e-6); // [L, F, 1]
    NDArray column = dead.transpose(0, 2, 1); // [L, F, 1]
    blend(weights.encoder(), inputs.div(lengths), column);
    blend(weights.encoderBias(), dead.mul(0), dead);
    Decoding decoding = weights.decoding();
    List<NDArray> fresh = decoding.fresh(error, tokens);
    for (int i = 0; i < fresh.size(); i++) {
      NDArray missing = fresh.get(i).div(decoding.columns(lengths).get(i)).muli(-FIRST_WRITE);
      blend(decoding.weights().get(i), missing, decoding.columns(column).get(i));
    }
    silence.muli(dead.neg().addi(1));
  }

  private void blend(NDArray parameter, NDArray fresh, NDArray which) {
    NDArray kept = which.neg().addi(1);
    parameter.muli(kept).addi(fresh.mul(which));
    optimizer.forget(parameter, kept);
  }

  /** For each feature a token, {@code [F]} a layer. */
  private List<NDArray> drawn(NDManager scope, NDArray error, long features) {
    SplittableRandom random = new SplittableRandom(spec.seed() * 1_000_003 + step);
    NDArray squares = error.square().sum(new int[] {2}); // [L, N]
    List<NDArray> tokens = new ArrayList<>();
    for (int l = 0; l < squares.getShape().get(0); l++) {
      float[] each = squares.get(l).toFloatArray();
      double[] below = new double[each.length];
      double sum = 0;
      for (int n = 0; n < each.length; n++) {
        sum += each[n];
        below[n] = sum;
      }
      long[] drawn = new long[(int) features];
      for (int f = 0; f < drawn.length; f++) {
        int at = Arrays.binarySearch(below, random.nextDouble() * sum);
        drawn[f] = Math.min(each.length - 1, at < 0 ? -at - 1 : at);
      }
      tokens.add(scope.create(drawn));
    }
    return tokens;
  }
}
