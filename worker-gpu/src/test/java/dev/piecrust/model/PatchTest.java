package dev.piecrust.model;

import static dev.piecrust.model.Fixtures.largestDifference;
import static dev.piecrust.model.Fixtures.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatchTest {
  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();
  private final TokenBatch batch =
      new TokenBatch(
          List.of(Fixtures.ids("llama/grouped-tied", 0), Fixtures.ids("llama/grouped-tied", 1)));
  private Decoder model;

  @BeforeEach
  void load() {
    model = (Decoder) Fixtures.load("llama/grouped-tied", folder, manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void subtractsFromTheLastLayerWhatTheFinalNormThenSees() {
    Trace trace = model.trace(manager, batch);
    List<NDArray> patch = zeros();
    patch.set(2, trace.mlpOut().get(2));
    // Without its last MLP the stream ends at the last resid_mid: norm that by hand.
    NDArray x = trace.residMid().get(2);
    NDArray denominator = x.square().mean(new int[] {2}, true).add(1e-5f).sqrt();
    NDArray expected = x.div(denominator).mul(model.weights().norm());
    NDArray found = model.run(manager, batch, patch);
    assertThat(largestDifference(values(found), values(expected))).isLessThan(1e-5);
  }

  @Test
  void laterLayersRecomputeAndEarlierPositionsStay() {
    NDArray plain = model.run(manager, batch, List.of());
    List<NDArray> patch = zeros();
    NDArray spot = manager.zeros(new Shape(2, batch.width(), model.width()));
    spot.set(new NDIndex("1,10"), manager.ones(new Shape(model.width())));
    patch.set(0, spot);
    NDArray patched = model.run(manager, batch, patch);
    assertThat(difference(plain, patched, "0")).isLessThan(1e-6);
    assertThat(difference(plain, patched, "1,:10")).isLessThan(1e-6);
    assertThat(difference(plain, patched, "1,10")).isGreaterThan(1e-2);
    assertThat(difference(plain, patched, "1,39")).isGreaterThan(1e-4);
  }

  @Test
  void aPatchOfZerosChangesNothing() {
    NDArray plain = model.run(manager, batch, List.of());
    NDArray patched = model.run(manager, batch, zeros());
    assertThat(values(patched)).containsExactly(values(plain));
  }

  @Test
  void refusesPromptsThatTheModelCannotRead() {
    TokenBatch tooLong = new TokenBatch(List.of(new int[129]));
    assertThatThrownBy(() -> model.run(manager, tooLong, List.of()))
        .hasMessage("a prompt has 129 tokens; expected at most the model's 128 positions");
    TokenBatch foreign = new TokenBatch(List.of(new int[] {1, 60}));
    assertThatThrownBy(() -> model.trace(manager, foreign))
        .hasMessage("a prompt has token id 60; expected less than the model's vocabulary of 60");
  }

  @Test
  void passesLeaveNothingBehind() {
    TokenBatch small = new TokenBatch(List.of(Fixtures.ids("llama/grouped-tied", 0)));
    int before = resources(manager);
    for (int i = 0; i < 1000; i++) {
      try (NDManager unit = manager.newSubManager()) {
        Trace trace = model.trace(unit, small);
        NDArray gradient = model.unembedAdjoint(trace.hidden(), model.unembed(trace.hidden()));
        List<NDArray> g = model.adjoint(unit, trace, gradient);
        model.run(unit, small, g);
        model.adjoint(unit, trace, gradient, Transformer.Linearity.RELP);
        model.resume(unit, trace, 0, 0, g);
      }
    }
    assertThat(resources(manager)).isEqualTo(before);
  }

  @Test
  void aPassLeavesItsResultAlone() {
    try (NDManager unit = manager.newSubManager()) {
      model.run(unit, batch, List.of());
      assertThat(unit.getManagedArrays()).hasSize(1);
    }
  }

  /** Arrays of this manager and of the model's, which is inside it. */
  private int resources(NDManager of) {
    return of.getManagedArrays().size()
        + model.weights().embed().getManager().getManagedArrays().size();
  }

  private static double difference(NDArray a, NDArray b, String where) {
    return largestDifference(values(a.get(where)), values(b.get(where)));
  }

  private List<NDArray> zeros() {
    List<NDArray> zeros = new ArrayList<>();
    for (int l = 0; l < model.layers(); l++) {
      zeros.add(manager.zeros(new Shape(2, batch.width(), model.width()), DataType.FLOAT32));
    }
    return zeros;
  }
}
