package dev.piecrust.bench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.campaign.TrainSpec.Activation;
import dev.piecrust.model.MatmulRate;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.train.Batch;
import dev.piecrust.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Steps of a training at the shape of Gemma-3-270M, one transcoder a layer, on random activations;
 * the model's own passes, which {@code bench prune} measures, are left out.
 */
public final class TrainBench {
  private static final int LAYERS = 18;
  private static final int WIDTH = 640;
  private static final int FEATURES = 2048;
  private static final int TOKENS = 1024;

  /** Products of {@code [N, d]} and {@code [d, F]}: two forward, three backward. */
  private static final int PRODUCTS = 5;

  private final int repeats;
  private final Consumer<String> progress;

  /**
   * @param repeats steps of which the fastest counts, after one that does not
   * @param progress is told what is under way
   */
  public TrainBench(int repeats, Consumer<String> progress) {
    this.repeats = repeats;
    this.progress = progress;
  }

  /** Measures the activations that choose by rank, and the machine's product of a layer. */
  public TrainReport run() {
    try (NDManager manager = TensorRuntime.start().newManager()) {
      manager.getEngine().setRandomSeed(0);
      progress.accept("matrix products …");
      double best =
          Math.max(
              MatmulRate.measure(manager, "square", WIDTH, WIDTH, WIDTH).gflops(),
              MatmulRate.measure(manager, "encoder", TOKENS, WIDTH, FEATURES).gflops());
      List<TrainReport.Row> rows = new ArrayList<>();
      for (Activation activation : List.of(Activation.BATCHTOPK, Activation.TOPK)) {
        progress.accept("steps of " + activation.label() + " …");
        rows.add(row(manager, activation, best));
      }
      return new TrainReport(LAYERS, WIDTH, FEATURES, TOKENS, best, rows);
    }
  }

  private TrainReport.Row row(NDManager manager, Activation activation, double best) {
    double seconds = Double.POSITIVE_INFINITY;
    try (NDManager state = manager.newSubManager()) {
      Batch batch = new Batch(random(state), random(state));
      Trainer trainer = new Trainer(spec(activation), state, batch, FEATURES);
      for (int i = 0; i <= repeats; i++) {
        long start = System.nanoTime();
        try (NDManager scope = state.newSubManager()) {
          trainer.step(scope, new Batch(own(batch.read(), scope), own(batch.written(), scope)));
        }
        if (i > 0) {
          seconds = Math.min(seconds, (System.nanoTime() - start) / 1e9);
        }
      }
    }
    double flops = 2.0 * PRODUCTS * LAYERS * TOKENS * WIDTH * FEATURES;
    return new TrainReport.Row(
        activation.label(), seconds, TOKENS / seconds, flops / seconds / 1e9 / best);
  }

  /** What is made of it belongs to the scope. */
  private static NDArray own(NDArray array, NDManager scope) {
    NDArray handle = array.duplicate();
    handle.attach(scope);
    return handle;
  }

  private static NDArray random(NDManager manager) {
    return manager.randomNormal(0, 1, new Shape(LAYERS, TOKENS, WIDTH), DataType.FLOAT32);
  }

  private static TrainSpec spec(Activation activation) {
    return new TrainSpec(
        "random",
        TrainSpec.Kind.PER_LAYER,
        activation,
        TrainSpec.Penalty.TANH,
        false,
        TrainSpec.Hook.RESID_MID,
        Optional.of(FEATURES),
        32,
        1000,
        TOKENS,
        64,
        100_000,
        0.002,
        0.1,
        0,
        100,
        0.05);
  }
}
