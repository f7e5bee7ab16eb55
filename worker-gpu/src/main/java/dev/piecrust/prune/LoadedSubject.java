package dev.piecrust.prune;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.campaign.PrependBos;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Models;
import dev.piecrust.model.Residence;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model with its transcoder, in memory: where pruning from Java begins. */
public final class LoadedSubject implements AutoCloseable {
  private final NDManager manager;
  private final Transformer model;
  private final Transcoder transcoder;

  private LoadedSubject(NDManager manager, Transformer model, Transcoder transcoder) {
    this.manager = manager;
    this.model = model;
    this.transcoder = transcoder;
  }

  /**
   * Loads both on the first GPU, else the CPU.
   *
   * @param model a Hugging Face folder (docs/method.md §2)
   * @param transcoder a folder in the circuit-tracer layout (docs/method.md §3)
   * @throws dev.piecrust.failure.PieCrustException category {@code USER} where files are missing,
   *     damaged or do not belong together; {@code RESOURCES} where they do not fit into memory
   */
  public static LoadedSubject open(Path model, Path transcoder) {
    return own(
        TensorRuntime.start().newManager(),
        model,
        transcoder,
        PrependBos.AUTO,
        Residence.ofThisProcess());
  }

  /**
   * The same on the device of a manager, whose closing closes the subject too.
   *
   * @param prependBos how prompts begin
   * @param parent decides the device
   * @param residence where the matrices of layers are
   */
  public static LoadedSubject open(
      Path model, Path transcoder, PrependBos prependBos, NDManager parent, Residence residence) {
    return own(parent.newSubManager(), model, transcoder, prependBos, residence);
  }

  private static LoadedSubject own(
      NDManager manager,
      Path modelFolder,
      Path transcoderFolder,
      PrependBos prependBos,
      Residence residence) {
    try {
      Transformer model =
          Models.checkpoint(modelFolder)
              .prepending(prependBos)
              .load(manager, new MachineMemory(), residence);
      try {
        return new LoadedSubject(
            manager,
            model,
            Transcoders.load(transcoderFolder, manager, model.layers(), model.width(), residence));
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** The model; closed with the subject. */
  public Transformer model() {
    return model;
  }

  /** The transcoder; closed with the subject. */
  public Transcoder transcoder() {
    return transcoder;
  }

  /**
   * Reads pairs and finds their occurrences: a pass over the clean and, where the corruption asks
   * for it, one over the corrupted prompts.
   *
   * @throws dev.piecrust.failure.PieCrustException category {@code USER} where a pair breaks a rule
   *     of {@link PairChecks}, named by its place in the list, from 0
   */
  public PruningBatch batch(List<PromptPair> pairs, Corruption corruption) {
    List<TokenizedPair> read = new ArrayList<>();
    for (PromptPair pair : pairs) {
      read.add(PairChecks.check(pair, model.tokenizer(), "pair " + read.size()));
    }
    List<Occurrences> occurrences =
        new OccurrenceFinder(model, transcoder)
            .find(manager, read, corruption).stream()
                .map(found -> found.occurrences(corruption))
                .toList();
    return new PruningBatch(manager, model, transcoder, read, occurrences);
  }

  @Override
  public void close() {
    transcoder.close();
    model.close();
    manager.close();
  }
}
