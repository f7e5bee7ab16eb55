package dev.piecrust.bench;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Models;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.PruneLoad;
import dev.piecrust.prune.PruneMemory;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code bench prune}: the program's own pruning on a random checkpoint, phase by phase, beside
 * what this machine's matrix products and file reads reach in the same minute.
 */
public final class PruneBench {
  private final BenchShape shape;
  private final Path parent;
  private final int repeats;
  private final boolean rerank;
  private final Consumer<String> progress;

  /**
   * @param parent where the temporary folder is made
   * @param repeats of each phase; the best counts
   * @param rerank whether one prompt's {@code fap-synergy} rerank is measured too, which takes
   *     hundreds of passes
   * @param progress told what is being done
   */
  public PruneBench(
      BenchShape shape, Path parent, int repeats, boolean rerank, Consumer<String> progress) {
    this.shape = shape;
    this.parent = parent;
    this.repeats = repeats;
    this.rerank = rerank;
    this.progress = progress;
  }

  /** Measures; the files are deleted whatever happens. */
  public PruneReport run() {
    TensorRuntime runtime = TensorRuntime.start();
    try (BenchFolder folder = BenchFolder.in(parent, shape);
        MemoryWatch memory = MemoryWatch.start();
        NDManager manager = runtime.newManager()) {
      progress.accept("writing a random model");
      folder.writeModel();
      PruneLoad load =
          new PruneLoad(shape.prompts(), shape.tokens(), BenchShape.BUDGETS.size(), rerank);
      PruneMemory estimate = PruneMemory.estimate(shape.subject(), load);
      progress.accept("estimate: " + estimate);
      PruneMemory.requireRoom(shape.subject(), load, runtime.device(), new MachineMemory());
      return measured(folder, manager, memory, estimate);
    }
  }

  private PruneReport measured(
      BenchFolder folder, NDManager manager, MemoryWatch memory, PruneMemory estimate) {
    Rates rates = Rates.measure(manager, shape, folder.model().resolve("model.safetensors"));
    List<Phase> loading = new ArrayList<>();
    long from = System.nanoTime();
    progress.accept("loading the model");
    try (Transformer model = Models.load(folder.model(), manager)) {
      loading.add(loaded("load model", from, folder.modelBytes()));
      progress.accept("writing a random transcoder");
      folder.writeTranscoder(thresholds(manager, model));
      progress.accept("loading the transcoder");
      from = System.nanoTime();
      try (Transcoder transcoder =
          Transcoders.load(folder.transcoder(), manager, shape.layers(), shape.width())) {
        long bytes = shape.encoderWeights() * shape.bytesPerNumber();
        loading.add(loaded("load encoders", from, bytes));
        PruneRun run =
            new PruneRun(shape, manager, model, transcoder, new Stopwatch(repeats, rates));
        run.measure(rerank, progress);
        return run.report(rates, loading, memoryOf(memory, estimate));
      }
    }
  }

  private double[] thresholds(NDManager manager, Transformer model) {
    try (NDManager scope = manager.newSubManager()) {
      TokenBatch prompts = new TokenBatch(RandomPairs.prompts(shape, 4, 99));
      Trace trace = model.trace(scope, prompts);
      return Calibration.thresholds(List.of(trace), shape, shape.active() / 2.0);
    }
  }

  private static Phase loaded(String name, long from, long bytes) {
    return new Phase(name, (System.nanoTime() - from) / 1e9, 0, 0, 0, bytes / 1e9);
  }

  private static PruneReport.Memory memoryOf(MemoryWatch memory, PruneMemory estimate) {
    long measured = memory.anonymous();
    return new PruneReport.Memory(
        estimate.total(),
        measured,
        measured == 0 ? 0 : (double) estimate.total() / measured - 1,
        memory.file());
  }
}
