package dev.piecrust.prune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.transcoder.ExpectedFit;
import dev.piecrust.transcoder.SparseActivations;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How a transcoder fits the model it is loaded with, on some tokens: one that reads at another hook
 * than it was trained at shows here.
 *
 * @param tokens that were looked at, leading special ones left out
 * @param active features of a token in all layers, on average
 * @param unexplained share of the variance of what the MLPs write that features and linear parts
 *     leave: 0 is perfect, 1 no better than the mean
 * @param linear variance of what the linear parts write, as a share of the same; 0 where there are
 *     none
 * @param expected what the set's own configuration says
 */
public record SelfTest(
    int tokens, double active, double unexplained, double linear, ExpectedFit expected) {
  /** Tokens that are enough. */
  public static final int TOKENS = 1_000;

  /** How far from what its configuration says a set may be. */
  private static final double FAR = 3;

  /** A set may do worse on other text than its authors' by far, as long as it says something. */
  private static final double HALF = 0.5;

  private static final int BATCH = 10;

  /**
   * Looks at prompts until there are {@link #TOKENS} tokens.
   *
   * @param prompts token ids, each at least one
   */
  public static SelfTest of(
      Transformer model, Transcoder transcoder, NDManager manager, List<int[]> prompts) {
    FitSums sums = new FitSums(model.layers(), model.width());
    long active = 0;
    for (int from = 0; from < prompts.size() && sums.tokens() < TOKENS; from += BATCH) {
      List<int[]> some = prompts.subList(from, Math.min(prompts.size(), from + BATCH));
      try (NDManager scope = manager.newSubManager()) {
        active += add(model, transcoder, scope, new TokenBatch(some), sums);
      }
    }
    return new SelfTest(
        sums.tokens(),
        (double) active / Math.max(1, sums.tokens()),
        sums.unexplained(),
        sums.linear(),
        transcoder.expected());
  }

  /** Answers how many features are active in the batch. */
  private static long add(
      Transformer model, Transcoder transcoder, NDManager scope, TokenBatch batch, FitSums sums) {
    int[] first = new int[batch.size()];
    int[] length = new int[batch.size()];
    for (int b = 0; b < batch.size(); b++) {
      first[b] = model.tokenizer().leading(batch.prompts().get(b));
      length[b] = batch.length(b);
    }
    Trace trace = model.trace(scope, batch);
    List<Occurrences> active =
        transcoder.activations(model, trace, first, length).stream()
            .map(found -> Occurrences.of(found, SparseActivations.EMPTY, Corruption.ZERO))
            .toList();
    List<OccurrenceSet> all = new ArrayList<>();
    for (int b = 0; b < active.size(); b++) {
      all.add(OccurrenceSet.of(b, IntStream.range(0, active.get(b).size()).toArray()));
    }
    List<NDArray> written =
        new PatchBuilder(active, transcoder).write(scope, all, PatchWindow.all(batch.width()));
    boolean[] counted = new boolean[batch.size() * batch.width()]; // [B·T]
    for (int b = 0; b < batch.size(); b++) {
      Arrays.fill(counted, b * batch.width() + first[b], b * batch.width() + length[b], true);
    }
    for (int layer = 0; layer < model.layers(); layer++) {
      sums.add(
          layer,
          counted,
          trace.mlpOut().get(layer).toFloatArray(),
          written.get(layer).toFloatArray(),
          linear(model, transcoder, trace, layer).map(NDArray::toFloatArray));
    }
    return active.stream().mapToLong(Occurrences::size).sum();
  }

  private static Optional<NDArray> linear(
      Transformer model, Transcoder transcoder, Trace trace, int layer) {
    NDArray stream = trace.residMid().get(layer); // [B, T, d]
    return transcoder
        .skip()
        .weight(layer)
        .map(
            weight ->
                model
                    .encoderInput(layer, stream.reshape(-1, model.width()), transcoder.hook())
                    .matMul(weight.transpose()));
  }

  /** For people, a warning at its end where something seems to be wrong. */
  public String sentence() {
    String linearPart =
        linear > 0
            ? String.format(Locale.ROOT, ", and the linear parts write %.3g of it", linear)
            : "";
    return String.format(
        Locale.ROOT,
        "self-test on %d tokens: %.3g active features a token, %.3g of the MLPs' variance is"
            + " unexplained%s%s",
        tokens,
        active,
        unexplained,
        linearPart,
        warning().map(text -> "; warning: " + text).orElse(""));
  }

  /** What is likely to be wrong; empty where nothing is. */
  public Optional<String> warning() {
    OptionalDouble acting = expected.active();
    if (acting.isPresent()
        && (active > FAR * acting.getAsDouble() || FAR * active < acting.getAsDouble())) {
      return Optional.of(mistake(acting.getAsDouble(), "active features a token"));
    }
    OptionalDouble left = expected.unexplained(); // by TopK always as many act
    return left.isPresent() && unexplained > Math.max(HALF, FAR * left.getAsDouble())
        ? Optional.of(mistake(left.getAsDouble(), "of that variance is unexplained"))
        : Optional.empty();
  }

  private static String mistake(double number, String what) {
    return String.format(
        Locale.ROOT,
        "its configuration says %.3g %s, so it was probably trained at another hook (with or"
            + " without the gain of the MLP's norm, or before it) or for another model",
        number,
        what);
  }
}
