package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.evidence.Progress;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.ArrayList;
import java.util.List;

/**
 * Computed each time anew, window by window. Each window's first token, mostly BOS, is left out, as
 * everywhere in the program.
 *
 * @param hook where encoders read
 * @param windows of the corpus, each of at least two tokens
 */
record ModelActivations(Transformer model, InputHook hook, List<int[]> windows)
    implements ActivationSource {
  /**
   * Tokens that go through the model together, fixed because the last bits of sums depend on it.
   */
  static final int TOGETHER = 1024;

  ModelActivations {
    windows = List.copyOf(windows);
  }

  /** Bytes of what all layers read and write at one token. */
  static long tokenBytes(int layers, int width) {
    return 8L * layers * width;
  }

  @Override
  public int count() {
    return windows.size();
  }

  @Override
  public int tokens(int piece) {
    return windows.get(piece).length - 1;
  }

  @Override
  public List<Rows> of(NDManager target, List<Integer> pieces, Progress progress) {
    List<int[]> next = pieces.stream().map(windows::get).toList();
    int longest = next.stream().mapToInt(window -> window.length).max().orElseThrow();
    int together = Math.max(1, TOGETHER / longest);
    List<Rows> all = new ArrayList<>();
    for (int from = 0; from < next.size(); from += together) {
      progress.at(from);
      all.add(rows(target, next.subList(from, Math.min(next.size(), from + together))));
    }
    return all;
  }

  private Rows rows(NDManager target, List<int[]> prompts) {
    TokenBatch batched = new TokenBatch(prompts);
    try (NDManager scope = target.newSubManager()) {
      Trace trace = model.trace(scope, batched);
      NDArray rows = scope.create(counting(batched));
      List<NDArray> read = new ArrayList<>();
      List<NDArray> written = new ArrayList<>();
      for (int l = 0; l < model.layers(); l++) {
        read.add(model.encoderInput(l, picked(trace.residMid().get(l), rows), hook));
        written.add(picked(trace.mlpOut().get(l), rows));
      }
      return new Rows(read, written).attach(target);
    }
  }

  /** Of {@code [B, T, d]} the rows {@code [R, d]} that count. */
  private static NDArray picked(NDArray stream, NDArray rows) {
    return stream.reshape(-1, stream.getShape().get(2)).get(rows);
  }

  /** Where the tokens that count lie among {@code B·T}. */
  private static long[] counting(TokenBatch prompts) {
    long[] rows = new long[prompts.prompts().stream().mapToInt(p -> p.length - 1).sum()];
    int at = 0;
    for (int b = 0; b < prompts.size(); b++) {
      for (int p = 1; p < prompts.length(b); p++) {
        rows[at++] = (long) b * prompts.width() + p;
      }
    }
    return rows;
  }
}
