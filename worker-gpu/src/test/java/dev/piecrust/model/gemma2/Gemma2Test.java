package dev.piecrust.model.gemma2;

import static dev.piecrust.model.Fixtures.relativeDifference;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Fixtures;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Gemma2Test {
  private static final String NAME = "gemma2/capped";

  @TempDir Path folder;
  private final NDManager manager = TensorRuntime.start().newManager();
  private final TokenBatch batch =
      new TokenBatch(List.of(Fixtures.ids(NAME, 0), Fixtures.ids(NAME, 1)));
  private Decoder model;

  @BeforeEach
  void load() {
    model = (Decoder) Fixtures.load(NAME, folder, manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void subtractsFromWhatThePostNormGave() {
    Trace trace = model.trace(manager, batch);
    NDArray none = trace.mlpOut().get(0).zerosLike();
    NDArray found = model.run(manager, batch, List.of(none, none, trace.mlpOut().get(2)));
    // Without its last MLP the stream ends at the last resid_mid: norm that by hand.
    NDArray x = trace.residMid().get(2);
    NDArray denominator = x.square().mean(new int[] {2}, true).add(1e-5f).sqrt();
    NDArray expected = x.div(denominator).mul(model.weights().norm().add(1));
    assertThat(relativeDifference(found, expected)).isLessThan(1e-5);
  }

  @Test
  void passesLeaveNothingBehind() {
    List<NDArray> ownBefore = model.weights().embed().getManager().getManagedArrays();
    int before = manager.getManagedArrays().size();
    for (int i = 0; i < 20; i++) {
      try (NDManager unit = manager.newSubManager()) {
        TokenBatch small = new TokenBatch(List.of(Fixtures.ids(NAME, 0)));
        Trace trace = model.trace(unit, small);
        NDArray rows = trace.hidden().reshape(5, model.width());
        NDArray gradient = model.unembedAdjoint(rows, model.unembed(rows)).reshape(1, 5, -1);
        List<NDArray> g = model.adjoint(unit, trace, gradient, Linearity.RELP);
        model.resume(unit, trace, 0, 0, g);
      }
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
    assertThat(model.weights().embed().getManager().getManagedArrays()).hasSameSizeAs(ownBefore);
  }
}
