package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.task.TokenizedPair;

/** The right answer's last token's logit minus the wrong one's, at the last position. */
final class LogitDifference implements TaskMetric {
  @Override
  public boolean lastPositionOnly() {
    return true;
  }

  @Override
  public NDArray value(NDArray logits, TokenizedPair pair) {
    NDArray right = logits.get(new NDIndex(":, -1, {}", pair.right()));
    return right.sub(logits.get(new NDIndex(":, -1, {}", pair.wrong())));
  }

  @Override
  public NDArray hiddenGradient(NDManager manager, PruningBatch batch) {
    int positions = batch.tokens().width();
    float[] sign = new float[batch.size() * batch.model().vocabulary()]; // [B, V]
    float[] last = new float[batch.size() * positions * batch.size()]; // [B·T, B], one-hot columns
    for (int b = 0; b < batch.size(); b++) {
      TokenizedPair pair = batch.pair(b);
      sign[b * batch.model().vocabulary() + pair.right()] += 1;
      sign[b * batch.model().vocabulary() + pair.wrong()] -= 1;
      last[(b * positions + batch.tokens().length(b) - 1) * batch.size() + b] = 1;
    }
    NDArray place = manager.create(last, new Shape((long) batch.size() * positions, batch.size()));
    NDArray hidden = batch.clean().hidden();
    long width = hidden.getShape().get(2);
    NDArray rows = place.transpose().matMul(hidden.reshape(-1, width)); // [B, d]
    NDArray signs = manager.create(sign, new Shape(batch.size(), batch.model().vocabulary()));
    NDArray gradient = batch.model().unembedAdjoint(rows, signs); // [B, d]
    return place.matMul(gradient).reshape(batch.size(), positions, width);
  }
}
