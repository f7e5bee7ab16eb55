package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.Ops;
import dev.piecrust.tensor.TensorRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final int LAYERS = 2;
  private static final int TOKENS = 16;
  private static final int WIDTH = 8;
  private static final int FEATURES = 24;

  /** Gradients that are written out, beside autograd's of the loss as docs/training.md has it. */
  @ParameterizedTest
  @CsvSource({
    "CROSS_LAYER, BATCHTOPK, TANH, false",
    "PER_LAYER, BATCHTOPK, TANH, true",
    "PER_LAYER, TOPK, TANH, false",
    "CROSS_LAYER, RELU, TANH, true",
    "PER_LAYER, RELU, L1, false",
  })
  void gradientsAreThoseOfAutograd(
      TrainSpec.Kind kind,
      TrainSpec.Activation activation,
      TrainSpec.Penalty penalty,
      boolean skip) {
    TrainSpec spec =
        TrainSpecs.with(
            Map.of(
                "kind", kind, "activation", activation, "penalty", penalty, "skip", skip, "l0", 4));
    try (NDManager manager = TensorRuntime.start().newManager()) {
      manager.getEngine().setRandomSeed(5);
      Batch batch = new Batch(random(manager, WIDTH), random(manager, WIDTH));
      Trainer trainer = new Trainer(spec, manager, batch, FEATURES);
      Trainer.Pass pass = trainer.pass(manager, batch);

      List<NDArray> leaves = trainer.weights().all();
      leaves.forEach(leaf -> leaf.setRequiresGradient(true));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(loss(manager, trainer, spec, batch, pass.mask()));
      }

      assertThat(pass.gradients()).hasSameSizeAs(leaves);
      for (int i = 0; i < leaves.size(); i++) {
        NDArray expected = leaves.get(i).getGradient();
        double most = expected.abs().max().getFloat();
        assertThat(pass.gradients().get(i).getShape()).isEqualTo(expected.getShape());
        assertThat(pass.gradients().get(i).sub(expected).abs().max().getFloat())
            .as("parameter %d", i)
            .isCloseTo(0, within((float) (1e-5 * most + 1e-8)));
      }
    }
  }

  /**
   * The straight-through estimate of Rajamanoharan et al. (2024), eqs. 11 and 12, written out in
   * Java's doubles, token by token: with {@code K} the rectangle of width 1, a threshold's part in
   * an activation has the derivative {@code −θ/ε·K((z−θ)/ε)}, and in the count of active features
   * {@code −1/ε·K((z−θ)/ε)}.
   */
  @ParameterizedTest
  @EnumSource(TrainSpec.Kind.class)
  void thresholdsHaveTheGradientOfTheStraightThroughEstimate(TrainSpec.Kind kind) {
    TrainSpec spec =
        TrainSpecs.with(Map.of("kind", kind, "activation", TrainSpec.Activation.JUMPRELU));
    try (NDManager manager = TensorRuntime.start().newManager()) {
      manager.getEngine().setRandomSeed(11);
      Batch batch = new Batch(f64(random(manager, WIDTH)), f64(random(manager, WIDTH)));
      Trainer trainer = new Trainer(spec, manager, batch, FEATURES);
      Trainer.Pass pass = trainer.pass(manager, batch);
      NDArray found = pass.gradients().get(pass.gradients().size() - 1); // [L, 1, F]

      Weights w = trainer.weights();
      double[] x = trainer.reads().normalize(batch.read()).toDoubleArray();
      double[] encoder = w.encoder().toDoubleArray();
      double[] error = pass.error().toDoubleArray();
      double weight = trainer.sparsity() / TOKENS;
      double theta = Gate.FIRST_THRESHOLD;
      double bandwidth = 0.1;
      double[] expected = new double[LAYERS * FEATURES];
      int felt = 0;
      for (int l = 0; l < LAYERS; l++) {
        for (int n = 0; n < TOKENS; n++) {
          for (int f = 0; f < FEATURES; f++) {
            double z = 0;
            for (int i = 0; i < WIDTH; i++) {
              z += x[(l * TOKENS + n) * WIDTH + i] * encoder[(l * FEATURES + f) * WIDTH + i];
            }
            if (Math.abs((z - theta) / bandwidth) < 0.5) {
              double slope = 0; // of the squared error with respect to the activation
              for (int t = l; t < (kind == TrainSpec.Kind.PER_LAYER ? l + 1 : LAYERS); t++) {
                double[] decoder = w.decoding().stored(l).toDoubleArray(); // [F, d] or [F, L-l, d]
                int writes = decoder.length / FEATURES / WIDTH;
                for (int i = 0; i < WIDTH; i++) {
                  slope +=
                      2
                          * error[(t * TOKENS + n) * WIDTH + i]
                          / (TOKENS * WIDTH)
                          * decoder[(f * writes + t - l) * WIDTH + i];
                }
              }
              expected[l * FEATURES + f] -= (theta * slope + weight) / bandwidth;
              felt++;
            }
          }
        }
      }
      assertThat(felt).isGreaterThan(10);
      assertThat(found.toDoubleArray()).containsExactly(expected, within(1e-12));
    }
  }

  private static NDArray f64(NDArray array) {
    return array.toType(DataType.FLOAT64, false);
  }

  /** The loss in plain operations, the features that act held fixed. */
  private static NDArray loss(
      NDManager manager, Trainer trainer, TrainSpec spec, Batch batch, NDArray mask) {
    Weights w = trainer.weights();
    NDArray x = trainer.reads().normalize(batch.read());
    NDArray y = trainer.writes().normalize(batch.written());
    NDArray z = x.matMul(w.encoder().transpose(0, 2, 1)).add(w.encoderBias());
    NDArray a = z.mul(mask);
    NDArray loss = Ops.scalar(manager, 0, DataType.FLOAT32);
    NDArray weight = Ops.scalar(manager, trainer.sparsity() / TOKENS, DataType.FLOAT32);
    for (int t = 0; t < LAYERS; t++) {
      NDArray said = w.decoderBias().get(t);
      for (int l = 0; l <= t; l++) {
        if (spec.kind() == TrainSpec.Kind.CROSS_LAYER) {
          NDArray rows = w.decoding().weights().get(l).reshape(FEATURES, LAYERS - l, WIDTH);
          said = said.add(a.get(l).matMul(rows.get(":, {}", t - l)));
        } else if (l == t) {
          said = said.add(a.get(l).matMul(w.decoding().weights().get(0).get(l)));
        }
      }
      if (w.skip().isPresent()) {
        said = said.add(x.get(t).matMul(w.skip().get().get(t).transpose()));
      }
      loss = loss.add(said.sub(y.get(t)).square().mean());
    }
    if (spec.activation() == TrainSpec.Activation.RELU) {
      List<NDArray> norms = new ArrayList<>();
      for (int l = 0; l < LAYERS; l++) {
        NDArray rows =
            spec.kind() == TrainSpec.Kind.CROSS_LAYER
                ? w.decoding().weights().get(l)
                : w.decoding().weights().get(0).get(l);
        norms.add(rows.square().sum(new int[] {1}).sqrt());
      }
      for (int l = 0; l < LAYERS; l++) {
        NDArray u = a.get(l).mul(norms.get(l));
        NDArray each = spec.penalty() == TrainSpec.Penalty.TANH ? u.tanh() : u;
        loss = loss.add(each.sum().mul(weight));
      }
    }
    return loss;
  }

  private static NDArray random(NDManager manager, int width) {
    return manager.randomNormal(0, 2, new Shape(LAYERS, TOKENS, width), DataType.FLOAT32);
  }
}
