package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.piecrust.tensor.TensorRuntime;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamWTest {
  private static final double RATE = 0.1;
  private static final double DECAY = 0.1;

  @Test
  void followsTheFormulaStepByStep() {
    try (NDManager manager = TensorRuntime.start().newManager()) {
      NDArray weight = manager.ones(new Shape(1, 1), DataType.FLOAT32);
      weight.setRequiresGradient(true);
      AdamW optimizer = new AdamW(List.of(weight), DECAY, 1e9);
      double expected = 1;
      double mean = 0;
      double square = 0;
      for (int t = 1; t <= 5; t++) {
        step(manager, optimizer, weight);
        double gradient = 2 * expected;
        mean = 0.9 * mean + 0.1 * gradient;
        square = 0.99 * square + 0.01 * gradient * gradient;
        double direction =
            mean / (1 - Math.pow(0.9, t)) / Math.sqrt(square / (1 - Math.pow(0.99, t)));
        expected -= RATE * DECAY * expected + RATE * direction;
        assertThat((double) weight.toFloatArray()[0]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void clearsGradientsSoThatTheyDoNotAddUp() {
    try (NDManager manager = TensorRuntime.start().newManager()) {
      NDArray weight = manager.ones(new Shape(3), DataType.FLOAT32);
      weight.setRequiresGradient(true);
      step(manager, new AdamW(List.of(weight), 0, 1), weight);

      assertThat(weight.getGradient().toFloatArray()).containsOnly(0);
    }
  }

  private static void step(NDManager manager, AdamW optimizer, NDArray weight) {
    try (NDManager scope = manager.newSubManager()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(weight.square().sum());
      }
      optimizer.step(scope, RATE);
    }
  }
}
