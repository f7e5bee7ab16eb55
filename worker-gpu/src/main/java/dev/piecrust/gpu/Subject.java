package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.PruneLoad;
import dev.piecrust.prune.PruneMemory;
import dev.piecrust.prune.SubjectShape;
import dev.piecrust.store.Checkpoints;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;
import java.util.List;

/** A loaded model with its transcoder. */
record Subject(
    SubjectSpec spec,
    SubjectShape shape,
    Transformer model,
    Transcoder transcoder,
    String fingerprint)
    implements AutoCloseable {
  /** Tokens of a short prompt: what does not even leave room for one is refused before loading. */
  private static final int SHORT_PROMPT = 16;

  static Subject load(SubjectSpec spec, PruneSpec prune, NDManager parent) {
    SubjectShape shape = SubjectShape.read(Path.of(spec.model()), Path.of(spec.transcoder()));
    PruneMemory.requireRoom(
        shape, PruneLoad.of(prune, 1, SHORT_PROMPT), parent.getDevice(), new MachineMemory());
    Transformer model = Models.load(Path.of(spec.model()), parent);
    try {
      Transcoder transcoder =
          Transcoders.load(Path.of(spec.transcoder()), parent, model.layers(), model.width());
      String fingerprint = Checkpoints.key(model.fingerprint(), transcoder.fingerprint());
      return new Subject(spec, shape, model, transcoder, fingerprint);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** How many of a batch's prompts fit into memory together. */
  int promptsThatFit(PruneSpec prune, List<TokenizedPair> pairs) {
    int tokens = pairs.stream().mapToInt(pair -> pair.clean().length).max().orElse(1);
    return PruneMemory.promptsThatFit(
        shape,
        PruneLoad.of(prune, pairs.size(), tokens),
        TensorRuntime.start().device(),
        new MachineMemory());
  }

  @Override
  public void close() {
    transcoder.close();
    model.close();
  }
}
