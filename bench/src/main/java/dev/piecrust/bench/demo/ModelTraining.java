package dev.piecrust.bench.demo;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.train.AdamW;
import dev.piecrust.train.OneCycle;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Trains the demo model to predict the next token of every window, through its own forward. */
final class ModelTraining {
  private static final double WARM_UP_SHARE = 0.1;
  private static final double WEIGHT_DECAY = 0.01;
  private static final double CLIP = 1;

  private final ModelRecipe recipe;
  private final WindowStream cycles;
  private final WindowStream windows;

  /**
   * @param cycles windows of the first steps
   * @param windows those of the other steps
   */
  ModelTraining(ModelRecipe recipe, WindowStream cycles, WindowStream windows) {
    this.recipe = recipe;
    this.cycles = cycles;
    this.windows = windows;
  }

  /** Changes the model's weights in place. */
  void train(NDManager manager, Decoder model, Consumer<String> lines) {
    Collection<NDArray> weights = model.weights().byName().values();
    weights.forEach(weight -> weight.setRequiresGradient(true));
    AdamW optimizer = new AdamW(weights, WEIGHT_DECAY, CLIP);
    OneCycle rate = new OneCycle(recipe.peakRate(), recipe.steps(), WARM_UP_SHARE);
    StepProgress progress = new StepProgress("model", recipe.steps(), lines);
    for (int step = 0; step < recipe.steps(); step++) {
      try (NDManager scope = manager.newSubManager()) {
        TokenBatch batch = (step < recipe.cycleSteps() ? cycles : windows).next(recipe.windows());
        float loss = backward(scope, model, batch);
        optimizer.step(scope, rate.at(step));
        progress.done(step + 1, "loss", loss);
      }
    }
    weights.forEach(weight -> weight.setRequiresGradient(false));
  }

  private static float backward(NDManager scope, Decoder model, TokenBatch batch) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray loss = loss(scope, model, batch);
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  /** Mean cross-entropy in nats of all tokens but the first, a scalar. */
  static NDArray loss(NDManager scope, Transformer model, TokenBatch batch) {
    NDArray hidden = model.run(scope, batch, List.of());
    NDArray logits = model.unembed(hidden).get(new NDIndex(":, :-1")); // [B, T-1, V]
    NDArray next = batch.ids(scope).get(new NDIndex(":, 1:")).expandDims(2); // [B, T-1, 1]
    return logits.logSoftmax(2).gather(next, 2).mean().neg();
  }
}
