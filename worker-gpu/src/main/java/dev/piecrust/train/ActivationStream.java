package dev.piecrust.train;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.evidence.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a model's MLPs read and write while it reads a corpus: its pieces in a seeded order, whose
 * tokens are shuffled in a buffer of many steps. Which tokens a step has depends on the step alone,
 * so that a training that was cut off finds its place again. Each window's first token, mostly BOS,
 * is left out, as everywhere in the program.
 */
final class ActivationStream implements AutoCloseable {
  /** Steps of a buffer: 4 to 32, by the bytes that a token takes. */
  private static final int FEWEST_STEPS = 4;

  static final int MOST_STEPS = 32;
  private static final long BUFFER_BYTES = 512L << 20;

  private final ActivationSource source;
  private final WindowOrder order;
  private final int batch;
  private final long seed;
  private final int piecesEach;
  private final NDManager manager;

  private @Nullable Buffer buffer;
  private long nextPiece;
  private int nextStep;

  /** A list entry a layer: {@code [R, d]} each. */
  private record Buffer(NDManager manager, int firstStep, int steps, Rows rows) {}

  /**
   * @param bufferSteps that are shuffled together
   * @param batch tokens of a step
   * @param parent where the buffer lies
   */
  ActivationStream(
      ActivationSource source, int bufferSteps, int batch, long seed, NDManager parent) {
    this.source = source;
    this.order = new WindowOrder(source.count(), seed);
    this.batch = batch;
    this.seed = seed;
    this.manager = parent.newSubManager();
    long tokens = source.tokens();
    if (tokens < batch) {
      throw user(
          "train.corpus: has %,d tokens to train on, expected at least the %,d of a step",
          tokens, batch);
    }
    long wanted = (long) bufferSteps * batch;
    this.piecesEach = (int) (wanted * source.count() / tokens) + 1;
  }

  /** Steps that are shuffled together. */
  static int bufferSteps(int layers, int width, int batch) {
    long fit = BUFFER_BYTES / ModelActivations.tokenBytes(layers, width) / batch;
    return (int) Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, fit));
  }

  /** Bytes of a buffer. */
  static long bufferBytes(int layers, int width, int batch) {
    return (long) bufferSteps(layers, width, batch)
        * batch
        * ModelActivations.tokenBytes(layers, width);
  }

  /** The pieces that so many steps read, from the first on, each once. */
  List<Integer> pieces(int steps) {
    rewind();
    TreeSet<Integer> read = new TreeSet<>();
    while (nextStep < steps && read.size() < source.count()) {
      read.addAll(nextPieces());
    }
    rewind();
    return List.copyOf(read);
  }

  /** The tokens of a step, from 0; steps are asked for in order, from any one on. */
  Batch at(NDManager scope, int step, Progress progress) {
    Buffer filled = filledFor(step, progress);
    int from = (step - filled.firstStep()) * batch;
    return new Batch(
        stacked(scope, filled.rows().read(), from, from + batch),
        stacked(scope, filled.rows().written(), from, from + batch));
  }

  private static NDArray stacked(NDManager scope, List<NDArray> layers, int from, int to) {
    NDList parts = new NDList();
    layers.forEach(rows -> parts.add(rows.get(scope, new NDIndex("{}:{}", from, to))));
    return NDArrays.stack(parts);
  }

  private void rewind() {
    nextPiece = 0;
    nextStep = 0;
  }

  private Buffer filledFor(int step, Progress progress) {
    Buffer filled = buffer;
    if (filled != null
        && step >= filled.firstStep()
        && step < filled.firstStep() + filled.steps()) {
      return filled;
    }
    if (step < nextStep) {
      rewind();
    }
    while (true) {
      int first = nextStep;
      List<Integer> next = nextPieces();
      if (step < nextStep) {
        close(filled);
        filled = fill(next, first, progress);
        buffer = filled;
        return filled;
      }
    }
  }

  /** The pieces of the next buffer, at least as many as make a step. */
  private List<Integer> nextPieces() {
    List<Integer> next = new ArrayList<>();
    long tokens = 0;
    while (next.size() < piecesEach || tokens < batch) {
      int piece = order.at(nextPiece++);
      next.add(piece);
      tokens += source.tokens(piece);
    }
    nextStep += (int) (tokens / batch);
    return next;
  }

  private Buffer fill(List<Integer> next, int firstStep, Progress progress) {
    NDManager own = manager.newSubManager();
    List<Rows> all = source.of(own, next, progress);
    int rows = next.stream().mapToInt(source::tokens).sum();
    int[] shuffle = WindowOrder.shuffled(rows, seed + 31L * firstStep + 7);
    return new Buffer(
        own,
        firstStep,
        rows / batch,
        new Rows(
            shuffled(own, all, Rows::read, shuffle), shuffled(own, all, Rows::written, shuffle)));
  }

  private static List<NDArray> shuffled(
      NDManager target, List<Rows> parts, Function<Rows, List<NDArray>> which, int[] shuffle) {
    List<NDArray> shuffled = new ArrayList<>();
    for (int l = 0; l < which.apply(parts.get(0)).size(); l++) {
      try (NDManager scope = target.newSubManager()) {
        NDList layer = new NDList();
        for (Rows part : parts) {
          NDArray own = which.apply(part).get(l);
          own.attach(scope);
          layer.add(own);
        }
        NDArray rows =
            NDArrays.concat(layer, 0)
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
