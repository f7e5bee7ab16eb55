package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.TokenizedPair;
import java.util.List;

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
  public NDArray hiddenGradient(
      NDManager manager, Transformer model, NDArray hidden, List<TokenizedPair> pairs) {
    int prompts = pairs.size();
    int positions = Math.toIntExact(hidden.getShape().get(1));
    long width = hidden.getShape().get(2);
    float[] sign = new float[prompts * model.vocabulary()]; // [B, V]
    float[] last = new float[prompts * positions * prompts]; // [B·T, B], one-hot columns
    for (int b = 0; b < prompts; b++) {
      TokenizedPair pair = pairs.get(b);
      sign[b * model.vocabulary() + pair.right()] += 1;
      sign[b * model.vocabulary() + pair.wrong()] -= 1;
      last[(b * positions + pair.clean().length - 1) * prompts + b] = 1;
    }
    NDArray place = manager.create(last, new Shape((long) prompts * positions, prompts));
    NDArray rows = place.transpose().matMul(hidden.reshape(-1, width)); // [B, d]
    NDArray signs = manager.create(sign, new Shape(prompts, model.vocabulary()));
    NDArray gradient = model.unembedAdjoint(rows, signs); // [B, d]
    return place.matMul(gradient).reshape(prompts, positions, width);
  }
}
