package dev.piecrust.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.model.Continuation;
import dev.piecrust.model.Gradients;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Ops;
import dev.piecrust.model.Skip;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A model over plain array operations, in the element type of its weights. Training runs autograd
 * through the very same {@link #run}: no operand is a Java number or lies in Java memory.
 */
public final class Decoder implements Transformer {
  private final DecoderConfig config;
  private final DecoderWeights stored;
  private final DecoderWeights weights;
  private final Tokenizer tokenizer;
  private final String fingerprint;
  private final NDManager manager;
  private final PassChecks checks;
  private final Optional<SoftCap> finalCap;
  private final DecoderForward forward;
  private final DecoderResume resume;
  private final DecoderAdjoint adjoint;

  /**
   * @param stored weights as they are on disk
   * @param manager of the model's own constants; the model closes it, and with it whatever weights
   *     are in there
   */
  public Decoder(
      DecoderConfig config,
      DecoderWeights stored,
      Tokenizer tokenizer,
      String fingerprint,
      NDManager manager) {
    this.config = config;
    this.stored = stored;
    this.weights = config.onePlusNorms() ? withOnePlusNorms(stored, manager) : stored;
    this.tokenizer = tokenizer;
    this.fingerprint = fingerprint;
    this.manager = manager;
    this.checks = new PassChecks(config.shape(), config.attention().maxPositions());
    DataType type = weights.embed().getDataType();
    this.finalCap = SoftCap.of(config.finalCap(), manager, type);
    RmsNorm norm = new RmsNorm(Ops.scalar(manager, config.normEpsilon(), type));
    GroupedAttention attention =
        new GroupedAttention(
            config.shape(),
            Ops.scalar(manager, config.attention().queryScale(), type),
            norm,
            SoftCap.of(config.attention().cap(), manager, type));
    GatedMlp mlp =
        new GatedMlp(config.activation().slope(manager, type), Ops.scalar(manager, 0.5, type));
    Optional<NDArray> embedScale =
        config.embedScale().stream().mapToObj(s -> Ops.scalar(manager, s, type)).findFirst();
    Positions positions = new Positions(config.attention(), manager, type);
    this.forward = new DecoderForward(weights, embedScale, norm, attention, mlp, positions);
    this.resume = new DecoderResume(forward);
    this.adjoint = new DecoderAdjoint(weights, norm, attention, mlp);
  }

  private static DecoderWeights withOnePlusNorms(DecoderWeights stored, NDManager manager) {
    NDArray one = Ops.scalar(manager, 1, stored.embed().getDataType());
    return stored.withNorms(
        norm -> {
          NDArray whole = norm.add(one);
          whole.attach(manager);
          return whole;
        });
  }

  /** Its shape and constants. */
  public DecoderConfig config() {
    return config;
  }

  /** The weights as they are on disk, themselves: training changes them in place. */
  public DecoderWeights weights() {
    return stored;
  }

  @Override
  public NDArray run(NDManager target, TokenBatch batch, List<NDArray> patch) {
    checks.check(batch, patch);
    return inScope(
        target,
        scope -> {
          NDArray last = forward.stream(scope, batch, patch, layer -> {});
          return handedOut(target, forward.last(last).out());
        },
        patch);
  }

  @Override
  public Trace trace(NDManager target, TokenBatch batch, List<NDArray> patch) {
    checks.check(batch, patch);
    return inScope(target, scope -> forward.trace(scope, target, batch, patch), patch);
  }

  @Override
  public NDArray resume(
      NDManager target, Trace base, int layer, int position, List<NDArray> patch) {
    checks.checkRest(base.batch(), layer, position, patch);
    return inScope(
        target,
        scope -> {
          NDArray last = resume.stream(scope, base, layer, position, patch);
          return handedOut(target, forward.last(last).out());
        },
        patch);
  }

  @Override
  public Continuation begin(NDManager target, TokenBatch prompts, List<NDArray> patch) {
    return new DecoderContinuation(forward, checks, target, prompts, patch);
  }

  /**
   * What a pass makes in between is gone after it; how it was made is recorded only where weights
   * or the patch want their gradients.
   */
  private <T> T inScope(NDManager target, Function<NDManager, T> pass, List<NDArray> patch) {
    boolean wanted =
        Stream.concat(weights.byName().values().stream(), patch.stream())
            .anyMatch(NDArray::hasGradient);
    try (NDManager scope = target.newSubManager()) {
      return Gradients.recorded(wanted, () -> pass.apply(scope));
    }
  }

  private static NDArray handedOut(NDManager target, NDArray array) {
    array.attach(target);
    return array;
  }

  @Override
  public NDArray encoderInput(int layer, NDArray rows, InputHook hook) {
    NDArray gain = weights.mlpNorm(layer);
    return switch (hook) {
      case RESID_MID -> rows;
      case LN2_NORMALIZED -> rows.div(forward.norm().denominator(rows));
      case MLP_IN -> forward.norm().forward(rows, gain).out();
    };
  }

  @Override
  public NDArray finalNorm(NDArray stream) {
    return forward.last(stream.expandDims(0)).out().squeeze(0); // [R,d]
  }

  @Override
  public NDArray unembed(NDArray hidden) {
    NDArray logits = Ops.linear(hidden, weights.unembed()); // [..,V]
    if (finalCap.isEmpty()) {
      return logits;
    }
    try (logits) {
      return finalCap.get().apply(logits);
    }
  }

  @Override
  public NDArray unembedAdjoint(NDArray hidden, NDArray logitsGradient) {
    if (finalCap.isEmpty()) {
      return logitsGradient.matMul(weights.unembed());
    }
    try (NDArray logits = Ops.linear(hidden, weights.unembed()); // [R,V]
        NDArray uncapped = finalCap.get().adjoint(logitsGradient, logits)) {
      return uncapped.matMul(weights.unembed());
    }
  }

  @Override
  public List<NDArray> adjoint(
      NDManager target, Trace trace, NDArray hiddenGradient, Linearity linearity, Skip skip) {
    return inScope(
        target,
        scope -> adjoint.of(scope, target, trace, hiddenGradient, linearity, skip),
        List.of());
  }

  @Override
  public int layers() {
    return config.shape().layers();
  }

  @Override
  public int width() {
    return config.shape().width();
  }

  @Override
  public int vocabulary() {
    return config.shape().vocabulary();
  }

  @Override
  public int positions() {
    return config.attention().maxPositions();
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
