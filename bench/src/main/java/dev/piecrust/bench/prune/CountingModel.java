package dev.piecrust.bench.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Continuation;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.Skip;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.ArrayList;
import java.util.List;

/** A model that notes how many variants each resumed pass runs. */
final class CountingModel implements Transformer {
  private final Transformer model;
  private final List<Integer> resumed = new ArrayList<>();

  CountingModel(Transformer model) {
    this.model = model;
  }

  /** The variants of each resumed pass so far. */
  List<Integer> resumed() {
    return resumed;
  }

  @Override
  public NDArray finalNorm(NDArray stream) {
    return model.finalNorm(stream);
  }

  @Override
  public NDArray resume(
      NDManager manager, Trace base, int layer, int position, List<NDArray> patch) {
    resumed.add(Math.toIntExact(patch.get(0).getShape().get(0)));
    return model.resume(manager, base, layer, position, patch);
  }

  @Override
  public int layers() {
    return model.layers();
  }

  @Override
  public int width() {
    return model.width();
  }

  @Override
  public int vocabulary() {
    return model.vocabulary();
  }

  @Override
  public int positions() {
    return model.positions();
  }

  @Override
  public Tokenizer tokenizer() {
    return model.tokenizer();
  }

  @Override
  public String fingerprint() {
    return model.fingerprint();
  }

  @Override
  public Trace trace(NDManager manager, TokenBatch batch, List<NDArray> patch) {
    return model.trace(manager, batch, patch);
  }

  @Override
  public NDArray run(NDManager manager, TokenBatch batch, List<NDArray> patch) {
    return model.run(manager, batch, patch);
  }

  @Override
  public Continuation begin(NDManager manager, TokenBatch prompts, List<NDArray> patch) {
    return model.begin(manager, prompts, patch);
  }

  @Override
  public NDArray unembed(NDArray hidden) {
    return model.unembed(hidden);
  }

  @Override
  public NDArray unembedAdjoint(NDArray hidden, NDArray logitsGradient) {
    return model.unembedAdjoint(hidden, logitsGradient);
  }

  @Override
  public List<NDArray> adjoint(
      NDManager manager, Trace trace, NDArray hiddenGradient, Linearity linearity, Skip skip) {
    return model.adjoint(manager, trace, hiddenGradient, linearity, skip);
  }

  @Override
  public NDArray encoderInput(int layer, NDArray rows, InputHook hook) {
    return model.encoderInput(layer, rows, hook);
  }

  @Override
  public void close() {
    model.close();
  }
}
