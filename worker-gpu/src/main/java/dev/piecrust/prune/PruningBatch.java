package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Metric;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.model.Transformer.Linearity;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.transcoder.Transcoder;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A batch of prompts with all that its methods share: the clean run, the occurrences and the way to
 * their decoder rows. Owns its memory; close it when the batch is done.
 */
public final class PruningBatch implements AutoCloseable {
  private final NDManager manager;
  private final Transformer model;
  private final Transcoder transcoder;
  private final List<TokenizedPair> pairs;
  private final List<Occurrences> occurrences;
  private final Trace clean;
  private final TokenBatch tokens;
  private final Attribution attribution;
  private final PatchBuilder patches;

  /**
   * Runs the clean prompts.
   *
   * @param occurrences one per pair, from {@link OccurrenceFinder}
   */
  public PruningBatch(
      NDManager parent,
      Transformer model,
      Transcoder transcoder,
      List<TokenizedPair> pairs,
      List<Occurrences> occurrences) {
    this.manager = parent.newSubManager();
    this.model = model;
    this.transcoder = transcoder;
    this.pairs = List.copyOf(pairs);
    this.occurrences = List.copyOf(occurrences);
    try {
      this.tokens = new TokenBatch(pairs.stream().map(TokenizedPair::clean).toList());
      this.clean = model.trace(manager, tokens);
      this.attribution = new Attribution(transcoder, occurrences, tokens.width());
      this.patches = new PatchBuilder(occurrences, transcoder);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  /** {@code B}, the number of prompts. */
  public int size() {
    return pairs.size();
  }

  List<TokenizedPair> pairs() {
    return pairs;
  }

  /** One of the pairs. */
  public TokenizedPair pair(int prompt) {
    return pairs.get(prompt);
  }

  /** The occurrences of one prompt. */
  public Occurrences occurrences(int prompt) {
    return occurrences.get(prompt);
  }

  /** The subject. */
  public Transformer model() {
    return model;
  }

  /** Where its arrays live, for as long as the batch. */
  public NDManager manager() {
    return manager;
  }

  /** The clean tokens of its prompts, {@code [B, T]}. */
  public TokenBatch tokens() {
    return tokens;
  }

  /** What the clean run left: hidden states of its prompts and all hooks. */
  public Trace clean() {
    return clean;
  }

  /** {@code ∂m/∂y[t]} in a linear model around the clean run, per layer [B, T, d]. */
  public List<NDArray> gradient(NDManager target, Metric metric, Linearity linearity) {
    NDArray hidden = TaskMetric.of(metric).hiddenGradient(target, this, clean); // [B, T, d]
    return adjoint(target, clean, hidden, linearity);
  }

  /** {@code ∂m/∂y[t]} in a linear model around any run, the transcoder's skip in it. */
  public List<NDArray> adjoint(NDManager target, Trace trace, NDArray hidden, Linearity linearity) {
    return model.adjoint(target, trace, hidden, linearity, transcoder.skip());
  }

  /** The linear effect of every occurrence under {@code ∂m/∂y[t]}, per layer [B, T, d]. */
  public List<float[]> attribute(List<NDArray> gradient) {
    return attribution.of(gradient);
  }

  /**
   * The linear effects of one prompt's occurrences under several gradients.
   *
   * @param gradient per layer, [R, T, d] with the {@code T} of this prompt
   * @return [R][occurrence]
   */
  public List<float[]> attribute(int prompt, List<NDArray> gradient) {
    int variants = Math.toIntExact(gradient.get(0).getShape().get(0));
    return new Attribution(
            transcoder,
            Collections.nCopies(variants, occurrences.get(prompt)),
            tokens.length(prompt))
        .of(gradient);
  }

  /** What the sets write, together, into each layer: per layer [sets.size(), positions, d]. */
  public List<NDArray> write(NDManager target, List<OccurrenceSet> sets, int positions) {
    return patches.write(target, sets, PatchWindow.all(positions));
  }

  /** The same in a window: per layer from its first, [sets.size(), window.positions(), d]. */
  List<NDArray> write(NDManager target, List<OccurrenceSet> sets, PatchWindow window) {
    return patches.write(target, sets, window);
  }

  /** All occurrences of a prompt. */
  public OccurrenceSet all(int prompt) {
    return OccurrenceSet.of(prompt, IntStream.range(0, occurrences.get(prompt).size()).toArray());
  }

  @Override
  public void close() {
    manager.close();
  }
}
