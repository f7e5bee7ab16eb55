package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Ops;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A Llama over plain array operations, in the element type of its weights. Training runs autograd
 * through the very same {@link #run}: no operand is a Java number or lies in Java memory.
 */
public final class Llama implements Transformer {
  /** What one layer leaves behind, all {@code [B,T,d]} but the last two, see the constants. */
  private record Layer(
      NDArray residMid, NDArray mlpOut, NDArray next, NDArray pattern, NDArray denominator) {}

  /** Sees each layer as it is done; arrays it does not take away are freed. */
  private interface Observer {
    void see(Layer layer);
  }

  private final LlamaConfig config;
  private final LlamaWeights weights;
  private final Tokenizer tokenizer;
  private final String fingerprint;
  private final NDManager manager;
  private final RmsNorm norm;
  private final Attention attention;
  private final Positions positions;

  /**
   * @param manager of the model's own constants; the model closes it, and with it whatever weights
   *     are in there
   */
  public Llama(
      LlamaConfig config,
      LlamaWeights weights,
      Tokenizer tokenizer,
      String fingerprint,
      NDManager manager) {
    this.config = config;
    this.weights = weights;
    this.tokenizer = tokenizer;
    this.fingerprint = fingerprint;
    this.manager = manager;
    DataType dataType = weights.embed().getDataType();
    this.norm = new RmsNorm(Ops.scalar(manager, config.normEpsilon(), dataType));
    this.attention =
        new Attention(config, Ops.scalar(manager, 1 / Math.sqrt(config.headSize()), dataType));
    this.positions = new Positions(config, manager, dataType);
  }

  @Override
  public NDArray run(NDManager target, TokenBatch batch, List<NDArray> patch) {
    try (NDManager scope = target.newSubManager()) {
      NDArray last = stream(scope, batch, patch, layer -> {});
      NDArray hidden = RmsNorm.apply(last, norm.denominator(last), weights.norm());
      hidden.attach(target);
      return hidden;
    }
  }

  @Override
  public Trace trace(NDManager target, TokenBatch batch) {
    List<Layer> layers = new ArrayList<>();
    try (NDManager scope = target.newSubManager()) {
      NDArray last =
          stream(
              scope,
              batch,
              List.of(),
              layer -> {
                target.attachAll(
                    layer.residMid(), layer.mlpOut(), layer.pattern(), layer.denominator());
                layers.add(layer);
              });
      NDArray denominator = norm.denominator(last);
      NDArray hidden = RmsNorm.apply(last, denominator, weights.norm());
      target.attachAll(denominator, hidden);
      return new Trace(
          batch,
          layers.stream().map(Layer::residMid).toList(),
          layers.stream().map(Layer::mlpOut).toList(),
          hidden,
          new LlamaConstants(
              layers.stream().map(Layer::pattern).toList(),
              layers.stream().map(Layer::denominator).toList(),
              denominator));
    }
  }

  /** The residual stream after the last layer, {@code [B,T,d]}. */
  private NDArray stream(
      NDManager scope, TokenBatch batch, List<NDArray> patch, Observer observer) {
    check(batch, patch);
    Positions.Slice slice = positions.upTo(scope, batch.width());
    NDArray x = Ops.embed(batch.ids(scope), weights.embed()); // [B,T,d]
    for (int l = 0; l < config.layers(); l++) {
      try (NDManager inLayer = scope.newSubManager()) {
        x.attach(inLayer);
        Layer layer = layer(x, weights.layers().get(l), slice);
        x = patch.isEmpty() ? layer.next() : layer.next().sub(patch.get(l));
        x.attach(scope);
        observer.see(layer);
      }
    }
    return x;
  }

  private Layer layer(NDArray x, LlamaLayer w, Positions.Slice slice) {
    NDArray denominator = norm.denominator(x); // [B,T,1]
    NDArray normed = RmsNorm.apply(x, denominator, w.attentionNorm());
    Attention.Result attended = attention.forward(normed, w, slice);
    NDArray residMid = x.add(attended.out());
    NDArray mlpOut = mlp(RmsNorm.apply(residMid, norm.denominator(residMid), w.mlpNorm()), w);
    return new Layer(residMid, mlpOut, residMid.add(mlpOut), attended.pattern(), denominator);
  }

  private static NDArray mlp(NDArray normed, LlamaLayer w) {
    NDArray gate = Ops.silu(Ops.linear(normed, w.gate())); // [B,T,I]
    return Ops.linear(gate.mul(Ops.linear(normed, w.up())), w.down()); // [B,T,d]
  }

  @Override
  public NDArray unembed(NDArray hidden) {
    return Ops.linear(hidden, weights.unembed());
  }

  @Override
  public NDArray unembedAdjoint(NDArray hidden, NDArray logitsGradient) {
    return logitsGradient.matMul(weights.unembed());
  }

  @Override
  public List<NDArray> adjoint(NDManager target, Trace trace, NDArray hiddenGradient) {
    LlamaConstants constants = (LlamaConstants) trace.constants();
    NDArray[] g = new NDArray[config.layers()];
    try (NDManager scope = target.newSubManager()) {
      NDArray start = hiddenGradient.duplicate();
      start.attach(scope);
      NDArray gradient = RmsNorm.apply(start, constants.finalDenominator(), weights.norm());
      for (int t = config.layers() - 1; t >= 0; t--) {
        // y[t] is added to the stream as it is, and the MLP that made it is a constant.
        g[t] = gradient;
        if (t > 0) {
          LlamaLayer w = weights.layers().get(t);
          NDArray normed = attention.adjoint(gradient, w, constants.patterns().get(t));
          NDArray denominator = constants.attentionDenominators().get(t);
          gradient = gradient.add(RmsNorm.apply(normed, denominator, w.attentionNorm()));
        }
      }
      target.attachAll(g);
    }
    return Arrays.asList(g);
  }

  private void check(TokenBatch batch, List<NDArray> patch) {
    if (batch.width() > config.maxPositions()) {
      throw PieCrustException.user(
          "a prompt has %d tokens; expected at most the model's %d positions",
          batch.width(), config.maxPositions());
    }
    if (batch.largestId() >= config.vocabulary()) {
      throw PieCrustException.user(
          "a prompt has token id %d; expected less than the model's vocabulary of %d",
          batch.largestId(), config.vocabulary());
    }
    if (!patch.isEmpty() && patch.size() != config.layers()) {
      throw new IllegalArgumentException(
          patch.size() + " patches for " + config.layers() + " layers");
    }
  }

  public LlamaConfig config() {
    return config;
  }

  public LlamaWeights weights() {
    return weights;
  }

  @Override
  public int layers() {
    return config.layers();
  }

  @Override
  public int width() {
    return config.width();
  }

  @Override
  public int vocabulary() {
    return config.vocabulary();
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public void close() {
    manager.close();
    tokenizer.close();
  }
}
