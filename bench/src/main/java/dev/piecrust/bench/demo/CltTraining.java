package dev.piecrust.bench.demo;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.piecrust.train.AdamW;
import dev.piecrust.train.OneCycle;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Trains a cross-layer transcoder on what a model's MLPs read and write: the mean squared error of
 * all layers' outputs, each in units of its own spread.
 */
final class CltTraining {
  private static final double WARM_UP_SHARE = 0.1;
  private static final double CLIP = 1;

  /** Windows that the scales are measured on. */
  private static final int SCALE_WINDOWS = 100;

  /** The shipped thresholds are running means over about the last hundred batches. */
  private static final float THRESHOLD_DECAY = 0.99f;

  private final CltRecipe recipe;
  private final MlpActivity activity;
  private final CltWeights weights;
  private final List<Scales> reads;
  private final List<Scales> writes;
  private final float[] thresholds;

  CltTraining(NDManager manager, CltRecipe recipe, MlpActivity activity, long seed) {
    this.recipe = recipe;
    this.activity = activity;
    MlpSample sample = activity.sample(manager, SCALE_WINDOWS);
    this.reads = sample.read().stream().map(Scales::of).toList();
    this.writes = sample.written().stream().map(Scales::of).toList();
    int layers = reads.size();
    int width = Math.toIntExact(sample.read().get(0).getShape().get(1));
    this.weights = CltWeights.draw(manager, layers, width, recipe.features(), seed);
    this.thresholds = new float[layers];
  }

  /** Trains to the end and folds the scales into the weights. */
  FoldedClt train(NDManager manager, Consumer<String> lines) {
    weights.all().forEach(weight -> weight.setRequiresGradient(true));
    AdamW optimizer = new AdamW(weights.all(), 0, CLIP);
    OneCycle rate = new OneCycle(recipe.peakRate(), recipe.steps(), WARM_UP_SHARE);
    StepProgress progress = new StepProgress("transcoder", recipe.steps(), lines);
    for (int step = 0; step < recipe.steps(); step++) {
      try (NDManager scope = manager.newSubManager()) {
        float loss = step(scope, step);
        optimizer.step(scope, rate.at(step));
        progress.done(step + 1, "unexplained", loss);
      }
    }
    weights.all().forEach(weight -> weight.setRequiresGradient(false));
    return FoldedClt.of(weights, reads, writes, thresholds);
  }

  private float step(NDManager scope, int step) {
    MlpSample sample = activity.sample(scope, recipe.windows());
    List<NDArray> inputs = normalized(sample.read(), reads);
    List<NDArray> targets = normalized(sample.written(), writes);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      CltForward.Pass pass = new CltForward(weights, recipe.active()).run(scope, inputs);
      NDArray loss = scope.zeros(new Shape(), DataType.FLOAT32);
      for (int l = 0; l < targets.size(); l++) {
        loss = loss.add(pass.outputs().get(l).sub(targets.get(l)).square().mean());
      }
      collector.backward(loss);
      follow(pass.thresholds(), step);
      return loss.getFloat() / targets.size();
    }
  }

  private void follow(float[] batch, int step) {
    float decay = step == 0 ? 0 : THRESHOLD_DECAY;
    for (int l = 0; l < batch.length; l++) {
      thresholds[l] = decay * thresholds[l] + (1 - decay) * batch[l];
    }
  }

  private static List<NDArray> normalized(List<NDArray> samples, List<Scales> scales) {
    return IntStream.range(0, samples.size())
        .mapToObj(l -> scales.get(l).normalize(samples.get(l)))
        .toList();
  }
}
