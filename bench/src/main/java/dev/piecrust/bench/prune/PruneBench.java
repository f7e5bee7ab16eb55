package dev.piecrust.bench.prune;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Models;
import dev.piecrust.model.Residence;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.load.PruneLoad;
import dev.piecrust.prune.load.PruneMemory;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code bench prune} and {@code bench full-shape}: the program's own loading and pruning on a
 * random checkpoint, phase by phase, beside what this machine's matrix products and file reads
 * reach in the same minute.
 */
public final class PruneBench {
  private final BenchShape wanted;
  private final BenchPrompts prompts;
  private final Path parent;
  private final int repeats;
  private final boolean rerank;
  private final Consumer<String> progress;
  private final Residence residence = Residence.ofThisProcess();

  /**
   * Plans a run.
   *
   * @param wanted the shape; the longest prompt decides its number of tokens
   * @param parent where the temporary folder is made
   * @param repeats of each phase, after one that warms up; the best counts. 1 is for once and cold
   * @param rerank whether one prompt's {@code fap-synergy} rerank is measured too, which takes
   *     hundreds of passes
   * @param progress told what is being done
   */
  public PruneBench(
      BenchShape wanted,
      BenchPrompts prompts,
      Path parent,
      int repeats,
      boolean rerank,
      Consumer<String> progress) {
    this.wanted = wanted;
    this.prompts = prompts;
    this.parent = parent;
    this.repeats = repeats;
    this.rerank = rerank;
    this.progress = progress;
  }

  /**
   * Measures; the files are deleted whatever happens. A resources failure, before anything large is
   * written, where the disk or the memory has no room.
   */
  public PruneReport run() {
    TensorRuntime runtime = TensorRuntime.start();
    try (BenchFolder folder = BenchFolder.in(parent, wanted);
        MemoryWatch memory = MemoryWatch.start();
        NDManager manager = runtime.newManager()) {
      folder.writeSettings();
      List<TokenizedPair> pairs = prompts.pairs(wanted, folder.model());
      int tokens = pairs.stream().mapToInt(TokenizedPair::length).max().orElseThrow();
      BenchShape shape = wanted.withTokens(tokens);
      PruneLoad load = new PruneLoad(pairs.size(), tokens, BenchShape.BUDGETS.size(), rerank);
      PruneMemory estimate = PruneMemory.estimate(shape.subject(), load, residence);
      progress.accept("estimate: " + estimate);
      requireMemory(shape, load, runtime.device());
      folder.requireRoom();
      return measured(new BenchBatch(shape, pairs), folder, manager, memory, estimate);
    }
  }

  /** Refuses, with the numbers, what does not fit, and says how much of it would. */
  private static void requireMemory(BenchShape shape, PruneLoad load, Device device) {
    MachineMemory memory = new MachineMemory();
    Optional<String> shortage =
        PruneMemory.shortage(shape.subject(), load, device, memory, Residence.ofThisProcess());
    if (shortage.isEmpty()) {
      return;
    }
    int fits = 0;
    int layers = shape.layers();
    while (layers - fits > 1) {
      int middle = (fits + layers) / 2;
      if (fits(shape.withLayers(middle), load, device, memory)) {
        fits = middle;
      } else {
        layers = middle;
      }
    }
    throw PieCrustException.resources(
        "%s; expected a smaller part%s",
        shortage.get(), fits == 0 ? "" : ", such as layers=" + fits + " in its shape");
  }

  private static boolean fits(
      BenchShape shape, PruneLoad load, Device device, MachineMemory memory) {
    return PruneMemory.shortage(shape.subject(), load, device, memory, Residence.ofThisProcess())
        .isEmpty();
  }

  private PruneReport measured(
      BenchBatch batch,
      BenchFolder folder,
      NDManager manager,
      MemoryWatch memory,
      PruneMemory estimate) {
    BenchShape shape = batch.shape();
    Preparation once = new Preparation(memory, progress);
    once.step("write model", shape.modelBytes(), folder::writeWeights);
    Rates rates = Rates.measure(manager, shape, folder.firstWeights());
    try (Transformer model =
        once.step(
            "load model",
            shape.modelBytes(),
            () ->
                Models.checkpoint(folder.model()).load(manager, new MachineMemory(), residence))) {
      List<Double> thresholds = Calibration.thresholds(shape, model, manager);
      once.step(
          "write transcoder", shape.transcoderBytes(), () -> folder.writeTranscoder(thresholds));
      try (Transcoder transcoder =
          once.step(
              "load encoders",
              shape.encoderBytes(),
              () ->
                  Transcoders.load(
                      folder.transcoder(), manager, shape.layers(), shape.width(), residence))) {
        PruneRun run =
            new PruneRun(batch, manager, model, transcoder, new Stopwatch(repeats, rates, memory));
        run.measure(rerank, progress);
        return run.report(rates, once.phases(), memoryOf(memory, estimate));
      }
    }
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
