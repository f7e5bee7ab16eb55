package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.TokenizedPair;
import java.util.List;

/** The sum over positions of the log-sum-exp of the logits. */
final class LogSumExp implements TaskMetric {
  @Override
  public boolean lastPositionOnly() {
    return false;
  }

  @Override
  public NDArray value(NDArray logits, TokenizedPair pair) {
    NDArray top = logits.max(new int[] {2}, true); // [R, T, 1]
    NDArray spread = logits.sub(top).exp().sum(new int[] {2}).log(); // [R, T]
    return spread.add(top.squeeze(2)).sum(new int[] {1});
  }

  @Override
  public NDArray hiddenGradient(
      NDManager manager, Transformer model, NDArray hidden, List<TokenizedPair> pairs) {
    long positions = hidden.getShape().get(1);
    long width = hidden.getShape().get(2);
    NDList gradients = new NDList();
    for (int b = 0; b < pairs.size(); b++) { // prompt by prompt: logits of all positions are large
      int length = pairs.get(b).clean().length;
      NDArray padded = manager.zeros(new Shape(positions, width));
      try (NDManager scope = manager.newSubManager()) {
        NDArray rows = hidden.get(scope, new NDIndex("{}, 0:{}", b, length)); // [T_b, d]
        NDArray share = model.unembed(rows).softmax(1); // ∂ logsumexp / ∂ logits, [T_b, V]
        padded.set(new NDIndex("0:{}", length), model.unembedAdjoint(rows, share)); // [T_b, d]
      }
      gradients.add(padded);
    }
    return NDArrays.stack(gradients, 0);
  }
}
