package dev.piecrust.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.model.Models;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The demo model with its MLPs replaced by its transcoder. */
class SaidTest {
  private static final Path MODEL = Path.of("..", "demo", "model");
  private static final Path CLT = Path.of("..", "demo", "clt");

  @Test
  void theFirstTokenKeepsItsMlpsAndTheOthersDoNot() {
    try (NDManager manager = TensorRuntime.start().newManager();
        Transformer model = Models.load(MODEL, manager);
        Transcoder clt = Transcoders.load(CLT, manager, model.layers(), model.width())) {
      Said said = new Said(TrainSpecs.with(Map.of()), clt, CLT, manager);
      TokenBatch one = new TokenBatch(List.of(model.tokenizer().encode("When Mary and John went")));
      NDArray clean = model.run(manager, one, List.of());
      for (List<NDArray> patch :
          List.of(said.replacing(manager, model, one), Said.removing(manager, model, one))) {
        NDArray moved = model.run(manager, one, patch).sub(clean).abs().max(new int[] {2});
        assertThat(moved.get(new NDIndex("0, 0")).getFloat()).isZero();
        assertThat(moved.get(new NDIndex("0, 1:")).min().getFloat()).isPositive();
      }
    }
  }
}
