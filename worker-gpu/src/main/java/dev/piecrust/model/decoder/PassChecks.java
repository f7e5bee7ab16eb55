package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.TokenBatch;
import java.util.List;

/** What passes demand of their arguments. */
record PassChecks(DecoderShape shape, int maxPositions) {
  /** Refuses prompts that the model cannot read. */
  void check(TokenBatch batch, List<NDArray> patch) {
    check(batch, 0, patch);
  }

  private void check(TokenBatch batch, int before, List<NDArray> patch) {
    if (before + batch.width() > maxPositions) {
      throw PieCrustException.user(
          "a prompt has %d tokens; expected at most the model's %d positions",
          before + batch.width(), maxPositions);
    }
    if (batch.largestId() >= shape.vocabulary()) {
      throw PieCrustException.user(
          "a prompt has token id %d; expected less than the model's vocabulary of %d",
          batch.largestId(), shape.vocabulary());
    }
    if (!patch.isEmpty() && patch.size() != shape.layers()) {
      throw new IllegalArgumentException(
          patch.size() + " patches for " + shape.layers() + " layers");
    }
  }

  /** Refuses prompts of several lengths, and tokens that come after {@code before} too many. */
  void checkContinued(TokenBatch batch, int before, List<NDArray> patch) {
    check(batch, before, patch);
    if (batch.prompts().stream().anyMatch(p -> p.length != batch.width())) {
      throw new IllegalArgumentException("prompts that go on together need one length");
    }
    Shape expected = new Shape(batch.size(), 1, shape.width());
    if (patch.stream().anyMatch(p -> !p.getShape().equals(expected))) {
      throw new IllegalArgumentException("a patch that is not " + expected);
    }
  }

  /** Refuses patches that do not fit the layers and positions that are left. */
  void checkRest(TokenBatch base, int layer, int position, List<NDArray> patch) {
    if (base.size() != 1 || patch.size() != shape.layers() - layer) {
      throw new IllegalArgumentException(
          "%d prompts, and %d patches from layer %d of %d"
              .formatted(base.size(), patch.size(), layer, shape.layers()));
    }
    long variants = patch.get(0).getShape().get(0);
    Shape expected = new Shape(variants, base.width() - position, shape.width());
    for (NDArray p : patch) {
      if (!p.getShape().equals(expected)) {
        throw new IllegalArgumentException(p.getShape() + " instead of " + expected);
      }
    }
  }
}
