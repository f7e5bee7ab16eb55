package dev.piecrust.gpu;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.PrependBos;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Residence;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.LoadedSubject;
import dev.piecrust.prune.load.PruneLoad;
import dev.piecrust.prune.load.PruneMemory;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.transcoder.Transcoder;
import java.nio.file.Path;
import java.util.List;

/** A loaded model with its transcoder. */
record Subject(
    SubjectSpec spec, SubjectShape shape, LoadedSubject loaded, String fingerprint, Device device)
    implements AutoCloseable {
  /** Loads both from their folders on this machine. */
  static Subject load(
      SubjectSpec spec,
      Path modelFolder,
      Path transcoderFolder,
      PruneSpec prune,
      NDManager parent) {
    SubjectShape shape = SubjectShape.read(modelFolder, transcoderFolder);
    Residence residence = Residence.ofThisProcess();
    PruneMemory.requireRoom(
        shape, PruneLoad.least(prune), parent.getDevice(), new MachineMemory(), residence);
    LoadedSubject loaded =
        LoadedSubject.open(modelFolder, transcoderFolder, spec.prependBos(), parent, residence);
    String fingerprint =
        spec.prependBos() == PrependBos.AUTO
            ? Checkpoints.key(loaded.model().fingerprint(), loaded.transcoder().fingerprint())
            : Checkpoints.key(
                loaded.model().fingerprint(), loaded.transcoder().fingerprint(), spec.prependBos());
    return new Subject(spec, shape, loaded, fingerprint, parent.getDevice());
  }

  Transformer model() {
    return loaded.model();
  }

  Transcoder transcoder() {
    return loaded.transcoder();
  }

  /** How many of a batch's prompts fit into memory together. */
  int promptsThatFit(PruneSpec prune, List<TokenizedPair> pairs) {
    int tokens = pairs.stream().mapToInt(pair -> pair.clean().length).max().orElse(1);
    return PruneMemory.promptsThatFit(
        shape, PruneLoad.of(prune, pairs.size(), tokens), device, new MachineMemory());
  }

  @Override
  public void close() {
    loaded.close();
  }
}
