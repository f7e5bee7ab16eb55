package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.store.Checkpoints;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.nio.file.Path;

/** A loaded model with its transcoder. */
record Subject(SubjectSpec spec, Transformer model, Transcoder transcoder, String fingerprint)
    implements AutoCloseable {
  static Subject load(SubjectSpec spec, NDManager parent) {
    Transformer model = Models.load(Path.of(spec.model()), parent);
    try {
      Transcoder transcoder =
          Transcoders.load(Path.of(spec.transcoder()), parent, model.layers(), model.width());
      String fingerprint = Checkpoints.key(model.fingerprint(), transcoder.fingerprint());
      return new Subject(spec, model, transcoder, fingerprint);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public void close() {
    transcoder.close();
    model.close();
  }
}
