package dev.piecrust.model.llama;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Ops;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.ArrayList;
import java.util.List;

/**
 * A Llama over plain array operations, in the element type of its weights. Training runs autograd
 * through the very same {@link #run}: no operand is a Java number or lies in Java memory.
 */
public final class Llama implements Transformer {
  private final LlamaConfig config;
  private final LlamaWeights weights;
  private final Tokenizer tokenizer;
  private final String fingerprint;
  private final NDManager manager;
  private final RmsNorm norm;
  private final LlamaForward forward;
  private final LlamaResume resume;
  private final LlamaAdjoint adjoint;

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
    Attention attention =
        new Attention(config, Ops.scalar(manager, 1 / Math.sqrt(config.headSize()), dataType));
    Positions positions = new Positions(config, manager, dataType);
    this.forward = new LlamaForward(weights, norm, attention, positions);
    this.resume = new LlamaResume(forward);
    GatedMlp mlp = new GatedMlp(Ops.scalar(manager, 0.5, dataType));
    this.adjoint = new LlamaAdjoint(weights, norm, attention, mlp);
  }

  @Override
  public NDArray run(NDManager target, TokenBatch batch, List<NDArray> patch) {
    check(batch, patch);
    try (NDManager scope = target.newSubManager()) {
      NDArray last = forward.stream(scope, batch, patch, layer -> {});
      NDArray hidden = RmsNorm.apply(last, norm.denominator(last), weights.norm());
      hidden.attach(target);
      return hidden;
    }
  }

  @Override
  public Trace trace(NDManager target, TokenBatch batch, List<NDArray> patch) {
    check(batch, patch);
    List<LlamaForward.Layer> layers = new ArrayList<>();
    try (NDManager scope = target.newSubManager()) {
      NDArray last =
          forward.stream(
              scope,
              batch,
              patch,
              layer -> {
                keep(target, layer);
                layers.add(layer);
              });
      NDArray denominator = norm.denominator(last);
      NDArray hidden = RmsNorm.apply(last, denominator, weights.norm());
      target.attachAll(denominator, hidden);
      return new Trace(
          batch,
          layers.stream().map(LlamaForward.Layer::residMid).toList(),
          layers.stream().map(LlamaForward.Layer::mlpOut).toList(),
          hidden,
          new LlamaConstants(
              layers.stream().map(layer -> layer.attended().pattern()).toList(),
              layers.stream().map(LlamaForward.Layer::denominator).toList(),
              denominator,
              layers.stream().map(layer -> layer.attended().cache()).toList(),
              patch.stream().map(p -> copy(target, p)).toList()));
    }
  }

  private static void keep(NDManager target, LlamaForward.Layer layer) {
    Attention.Result attended = layer.attended();
    target.attachAll(
        layer.residMid(),
        layer.mlpOut(),
        layer.denominator(),
        attended.pattern(),
        attended.cache().keys(),
        attended.cache().values());
  }

  /** A trace may outlive the patch that it was made with. */
  private static NDArray copy(NDManager target, NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(target);
    return copy;
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
  public NDArray resume(
      NDManager target, Trace base, int layer, int position, List<NDArray> patch) {
    checkResume(base, layer, position, patch);
    try (NDManager scope = target.newSubManager()) {
      NDArray last = resume.stream(scope, base, layer, position, patch);
      NDArray hidden = RmsNorm.apply(last, norm.denominator(last), weights.norm());
      hidden.attach(target);
      return hidden;
    }
  }

  @Override
  public List<NDArray> adjoint(
      NDManager target, Trace trace, NDArray hiddenGradient, Linearity linearity) {
    return adjoint.of(target, trace, hiddenGradient, linearity);
  }

  private void checkResume(Trace base, int layer, int position, List<NDArray> patch) {
    if (base.batch().size() != 1 || patch.size() != config.layers() - layer) {
      throw new IllegalArgumentException(
          "%d prompts, and %d patches from layer %d of %d"
              .formatted(base.batch().size(), patch.size(), layer, config.layers()));
    }
    Shape expected =
        new Shape(patch.get(0).getShape().get(0), base.batch().width() - position, config.width());
    for (NDArray p : patch) {
      if (!p.getShape().equals(expected)) {
        throw new IllegalArgumentException(p.getShape() + " instead of " + expected);
      }
    }
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
