package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.model.Continuation;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Skip;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A model that fits on paper: 2 layers, d = 2, no attention and no norms. Token 0 is BOS and embeds
 * as (5, 5), token 1 as (2, 1), token 2 as (0, 3). {@code y[0] = x}, {@code y[1] = (relu(x0), 0)};
 * logits are (0, h0, h1).
 */
final class ToyTransformer implements Transformer {
  private static final float[] EMBEDDING = {5, 5, 2, 1, 0, 3};
  private static final float[] UNEMBEDDING = {0, 0, 1, 0, 0, 1};

  private final NDManager manager;
  private final Tokenizer tokenizer;

  ToyTransformer(NDManager parent, Tokenizer tokenizer) {
    this.manager = parent.newSubManager();
    this.tokenizer = tokenizer;
  }

  @Override
  public int layers() {
    return 2;
  }

  @Override
  public int width() {
    return 2;
  }

  @Override
  public int vocabulary() {
    return 3;
  }

  @Override
  public int positions() {
    return 16;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public String fingerprint() {
    return "toy";
  }

  /** What the run was patched with. */
  private record ToyConstants(List<NDArray> patch) implements Trace.Constants {}

  @Override
  public Trace trace(NDManager m, TokenBatch batch, List<NDArray> patch) {
    List<NDArray> residMid = new ArrayList<>();
    NDArray hidden = forward(m, batch, patch, residMid);
    return new Trace(batch, residMid, residMid, hidden, new ToyConstants(patch));
  }

  @Override
  public NDArray run(NDManager m, TokenBatch batch, List<NDArray> patch) {
    return forward(m, batch, patch, new ArrayList<>());
  }

  private static NDArray forward(
      NDManager m, TokenBatch batch, List<NDArray> patch, List<NDArray> residMid) {
    NDArray x = batch.ids(m).oneHot(3).matMul(m.create(EMBEDDING, new Shape(3, 2))); // [B, T, 2]
    for (int t = 0; t < 2; t++) {
      residMid.add(x);
      NDArray y = x;
      if (t == 1) {
        NDArray first = x.get(new NDIndex("..., 0:1"));
        NDArray open = first.gt(first.zerosLike()).toType(DataType.FLOAT32, false);
        y = NDArrays.concat(new NDList(first.mul(open), first.zerosLike()), -1);
      }
      x = x.add(patch.isEmpty() ? y : y.sub(patch.get(t)));
    }
    return x;
  }

  @Override
  public NDArray encoderInput(int layer, NDArray rows, InputHook hook) {
    return rows;
  }

  @Override
  public NDArray finalNorm(NDArray stream) {
    return stream;
  }

  @Override
  public NDArray unembed(NDArray hidden) {
    return hidden.matMul(manager.create(UNEMBEDDING, new Shape(3, 2)).transpose());
  }

  @Override
  public NDArray unembedAdjoint(NDArray hidden, NDArray logitsGradient) {
    return logitsGradient.matMul(manager.create(UNEMBEDDING, new Shape(3, 2)));
  }

  /** There is no attention, so the last token of each prompt is all that a step needs. */
  @Override
  public Continuation begin(NDManager m, TokenBatch prompts, List<NDArray> patch) {
    int[] last = prompts.prompts().stream().mapToInt(p -> p[p.length - 1]).toArray();
    return new ToyContinuation(m.newSubManager(), patch, prompts.width(), last);
  }

  private static final class ToyContinuation implements Continuation {
    private final NDManager m;
    private final List<NDArray> patch;
    private int length;
    private NDArray hidden;

    ToyContinuation(NDManager m, List<NDArray> patch, int length, int[] last) {
      this.m = m;
      this.patch = patch;
      this.length = length;
      this.hidden = step(last);
    }

    private NDArray step(int[] tokens) {
      TokenBatch batch =
          new TokenBatch(Arrays.stream(tokens).mapToObj(id -> new int[] {id}).toList());
      return forward(m, batch, patch, new ArrayList<>()).reshape(tokens.length, 2);
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public NDArray hidden() {
      return hidden;
    }

    @Override
    public void read(int[] next) {
      length++;
      hidden = step(next);
    }

    @Override
    public void close() {
      m.close();
    }
  }

  /** There is no attention, so later positions can be told apart and need no cache. */
  @Override
  public NDArray resume(NDManager m, Trace base, int layer, int position, List<NDArray> patch) {
    List<NDArray> before = ((ToyConstants) base.constants()).patch();
    int rows = (int) patch.get(0).getShape().get(0);
    int[] rest =
        Arrays.copyOfRange(
            base.batch().prompts().get(0), position, base.batch().length(0)); // [T − position]
    TokenBatch copies = new TokenBatch(Collections.nCopies(rows, rest));
    List<NDArray> all = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      NDArray own =
          t < layer ? m.zeros(new Shape(rows, rest.length, 2)) : patch.get(t - layer); // [R, ·, 2]
      all.add(before.isEmpty() ? own : own.add(before.get(t).get(new NDIndex(":, {}:", position))));
    }
    return forward(m, copies, all, new ArrayList<>());
  }

  /**
   * The local model's MLPs are constant and there is no attention. With relevance coefficients
   * {@code y[1]} is linear in {@code x[1]}, with slope 1 or 0 in the first coordinate.
   */
  @Override
  public List<NDArray> adjoint(
      NDManager m, Trace trace, NDArray hiddenGradient, Linearity linearity, Skip skip) {
    if (linearity == Linearity.LOCAL) {
      return List.of(hiddenGradient, hiddenGradient);
    }
    NDArray first = trace.residMid().get(1).get(new NDIndex("..., 0:1"));
    NDArray open = first.gt(first.zerosLike()).toType(DataType.FLOAT32, false);
    NDArray through = hiddenGradient.get(new NDIndex("..., 0:1")).mul(open);
    NDArray both = NDArrays.concat(new NDList(through, through.zerosLike()), -1);
    return List.of(hiddenGradient.add(both), hiddenGradient);
  }

  @Override
  public void close() {
    manager.close();
  }
}
