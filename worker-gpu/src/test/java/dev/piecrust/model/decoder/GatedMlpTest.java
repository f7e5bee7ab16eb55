package dev.piecrust.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Ops;
import dev.piecrust.tensor.TensorRuntime;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatedMlpTest {
  private final NDManager manager = TensorRuntime.start().newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** Gate reads x0, up reads x1, and what they make goes to both: I = 1, d = 2. */
  private DecoderLayer layer() {
    NDArray none = manager.zeros(new Shape(2));
    NDArray gate = array(new Shape(1, 2), 1, 0);
    NDArray up = array(new Shape(1, 2), 0, 1);
    NDArray down = array(new Shape(2, 1), 1, 1);
    return new DecoderLayer(
        none,
        none,
        none,
        none,
        Optional.empty(),
        Optional.empty(),
        none,
        Optional.empty(),
        none,
        gate,
        up,
        down,
        Optional.empty());
  }

  private NDArray array(Shape shape, double... values) {
    return Ops.constant(manager, values, shape, DataType.FLOAT64);
  }

  private GatedMlp mlp(Activation activation) {
    return new GatedMlp(
        activation.slope(manager, DataType.FLOAT64), Ops.scalar(manager, 0.5, DataType.FLOAT64));
  }

  @ParameterizedTest
  @EnumSource
  void relevanceAtAClosedGateIsTheSlopesLimit(Activation activation) {
    NDArray gradient = array(new Shape(1, 1, 2), 1, 0);
    NDArray x = array(new Shape(1, 1, 2), 0, 3);
    // z = 0, u = 3 and act(0)/0 is 1/2: to x0 goes 1/2 (half rule) · 1/2 · 3, to x1 1/2 · 1/2 · 0.
    assertThat(mlp(activation).relevance(gradient, x, layer()).toDoubleArray())
        .containsExactly(0.75, 0);
  }

  @Test
  void relevanceIsConservedUpToTheHalfRule() {
    NDArray gradient = array(new Shape(1, 1, 2), 1, 1);
    NDArray x = array(new Shape(1, 1, 2), 1.7, -0.4);
    GatedMlp mlp = mlp(Activation.GELU_TANH);
    double[] r = mlp.relevance(gradient, x, layer()).toDoubleArray();
    double[] y = mlp.forward(x, layer()).toDoubleArray();
    // Each factor gets half of the product, and the two halves make it whole.
    assertThat(r[0] * 1.7 + r[1] * -0.4).isCloseTo(y[0] + y[1], Offset.offset(1e-12));
    assertThat(r[0] * 1.7).isCloseTo(r[1] * -0.4, Offset.offset(1e-12));
  }
}
