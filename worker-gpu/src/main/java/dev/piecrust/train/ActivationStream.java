package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.evidence.Progress;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model's MLPs read and write while it reads a corpus: windows in a seeded order, whose
 * tokens are shuffled in a buffer of many steps. Which tokens a step has depends on the step alone,
 * so that a training that was cut off finds its place again. Each window's first token, mostly BOS,
 * is left out, as everywhere in the program.
 */
final class ActivationStream implements AutoCloseable {
  /**
   * Tokens that go through the model together, fixed because the last bits of sums depend on it.
   */
  private static final int TOGETHER = 1024;

  /** Steps of a buffer: 4 to 32, by the bytes that a token takes. */
  private static final int FEWEST_STEPS = 4;

  private static final int MOST_STEPS = 32;
  private static final long BUFFER_BYTES = 512L << 20;

  private final Transformer model;
  private final InputHook hook;
  private final List<int[]> windows;
  private final WindowOrder order;
  private final int batch;
  private final long seed;
  private final int windowsEach;
  private final NDManager manager;

  private @Nullable Buffer buffer;
  private long nextWindow;
  private int nextStep;

  /** A list entry a layer: {@code [R, d]} each. */
  private record Buffer(
      NDManager manager, int firstStep, int steps, List<NDArray> read, List<NDArray> written) {}

  /**
   * @param windows of the corpus, each of at least two tokens
   * @param batch tokens of a step
   * @param parent where the buffer lies
   */
  ActivationStream(
      Transformer model,
      InputHook hook,
      List<int[]> windows,
      int batch,
      long seed,
      NDManager parent) {
    this.model = model;
    this.hook = hook;
    this.windows = List.copyOf(windows);
    this.order = new WindowOrder(windows.size(), seed);
    this.batch = batch;
    this.seed = seed;
    this.manager = parent.newSubManager();
    long tokens = windows.stream().mapToLong(window -> window.length - 1).sum();
    if (tokens < batch) {
      throw user(
          "train.corpus: has %,d tokens to train on, expected at least the %,d of a step",
          tokens, batch);
    }
    long wanted = (long) bufferSteps(model, batch) * batch;
    this.windowsEach = (int) (wanted * windows.size() / tokens) + 1;
  }

  private static int bufferSteps(Transformer model, int batch) {
    long fit = BUFFER_BYTES / tokenBytes(model) / batch;
    return (int) Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, fit));
  }

  /** Bytes of what all layers read and write at one token. */
  private static long tokenBytes(Transformer model) {
    return 8L * model.layers() * model.width();
  }

  /** Bytes of a buffer. */
  static long bufferBytes(Transformer model, int batch) {
    return (long) bufferSteps(model, batch) * batch * tokenBytes(model);
  }

  /** The tokens of a step, from 0; steps are asked for in order, from any one on. */
  Batch at(NDManager scope, int step, Progress progress) {
    Buffer filled = filledFor(step, progress);
    int from = (step - filled.firstStep()) * batch;
    return new Batch(
        stacked(scope, filled.read(), from, from + batch),
        stacked(scope, filled.written(), from, from + batch));
  }

  private static NDArray stacked(NDManager scope, List<NDArray> layers, int from, int to) {
    NDList parts = new NDList();
    layers.forEach(rows -> parts.add(rows.get(scope, new NDIndex("{}:{}", from, to))));
    return NDArrays.stack(parts);
  }

  private Buffer filledFor(int step, Progress progress) {
    Buffer filled = buffer;
    if (filled != null
        && step >= filled.firstStep()
        && step < filled.firstStep() + filled.steps()) {
      return filled;
    }
    if (step < nextStep) {
      nextWindow = 0;
      nextStep = 0;
    }
    while (true) {
      int first = nextStep;
      List<int[]> next = nextWindows();
      if (step < nextStep) {
        close(filled);
        filled = fill(next, first, progress);
        buffer = filled;
        return filled;
      }
    }
  }

  /** The windows of the next buffer, at least as many as make a step. */
  private List<int[]> nextWindows() {
    List<int[]> next = new ArrayList<>();
    long tokens = 0;
    while (next.size() < windowsEach || tokens < batch) {
      int[] window = windows.get(order.at(nextWindow++));
      next.add(window);
      tokens += window.length - 1;
    }
    nextStep += (int) (tokens / batch);
    return next;
  }

  private Buffer fill(List<int[]> next, int firstStep, Progress progress) {
    NDManager own = manager.newSubManager();
    List<NDList> read = lists();
    List<NDList> written = lists();
    int longest = next.stream().mapToInt(window -> window.length).max().orElseThrow();
    int together = Math.max(1, TOGETHER / longest);
    for (int from = 0; from < next.size(); from += together) {
      progress.at(from);
      add(own, next.subList(from, Math.min(next.size(), from + together)), read, written);
    }
    int rows = next.stream().mapToInt(window -> window.length - 1).sum();
    int[] shuffle = WindowOrder.shuffled(rows, seed + 31L * firstStep + 7);
    return new Buffer(
        own,
        firstStep,
        rows / batch,
        shuffled(own, read, shuffle),
        shuffled(own, written, shuffle));
  }

  private List<NDList> lists() {
    List<NDList> lists = new ArrayList<>();
    for (int l = 0; l < model.layers(); l++) {
      lists.add(new NDList());
    }
    return lists;
  }

  private void add(NDManager target, List<int[]> prompts, List<NDList> read, List<NDList> written) {
    TokenBatch batched = new TokenBatch(prompts);
    try (NDManager scope = target.newSubManager()) {
      Trace trace = model.trace(scope, batched);
      NDArray rows = scope.create(rows(batched));
      for (int l = 0; l < model.layers(); l++) {
        NDArray mid = picked(trace.residMid().get(l), rows);
        NDArray in = model.encoderInput(l, mid, hook);
        NDArray out = picked(trace.mlpOut().get(l), rows);
        in.attach(target);
        out.attach(target);
        read.get(l).add(in);
        written.get(l).add(out);
      }
    }
  }

  /** Of {@code [B, T, d]} the rows {@code [R, d]} that count. */
  private static NDArray picked(NDArray stream, NDArray rows) {
    return stream.reshape(-1, stream.getShape().get(2)).get(rows);
  }

  /** Where the tokens that count lie among {@code B·T}. */
  private static long[] rows(TokenBatch prompts) {
    long[] rows = new long[prompts.prompts().stream().mapToInt(p -> p.length - 1).sum()];
    int at = 0;
    for (int b = 0; b < prompts.size(); b++) {
      for (int p = 1; p < prompts.length(b); p++) {
        rows[at++] = (long) b * prompts.width() + p;
      }
    }
    return rows;
  }

  private static List<NDArray> shuffled(NDManager target, List<NDList> layers, int[] shuffle) {
    List<NDArray> shuffled = new ArrayList<>();
    for (NDList parts : layers) {
      try (NDManager scope = target.newSubManager()) {
        parts.attach(scope);
        NDArray rows =
            NDArrays.concat(parts, 0)
                .get(scope.create(Arrays.stream(shuffle).asLongStream().toArray()));
        rows.attach(target);
        shuffled.add(rows);
      }
    }
    return shuffled;
  }

  private static void close(@Nullable Buffer old) {
    if (old != null) {
      old.manager().close();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
