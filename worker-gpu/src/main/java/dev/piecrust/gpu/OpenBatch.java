package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.Corruption;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.task.TokenizedPair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The batch that the last stage worked on, kept for the next: scores, rerank and fidelity of a
 * batch follow one another on a worker, and share its clean runs.
 */
final class OpenBatch implements AutoCloseable {
  private final NDManager manager;
  private String key = "";
  private @Nullable PruningBatch open;

  OpenBatch(NDManager manager) {
    this.manager = manager;
  }

  /**
   * The batch of these prompts, which is in use until the next call.
   *
   * @param occurrences one per pair; the subject, the pairs and the corruption decide them
   */
  PruningBatch of(
      Subject subject,
      Corruption corruption,
      List<TokenizedPair> pairs,
      List<Occurrences> occurrences) {
    String wanted =
        Checkpoints.key(
            subject.fingerprint(), corruption, pairs.stream().map(TokenizedPair::pair).toList());
    if (open == null || !wanted.equals(key)) {
      close();
      open = new PruningBatch(manager, subject.model(), subject.transcoder(), pairs, occurrences);
      key = wanted;
    }
    return open;
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
      open = null;
    }
    key = "";
  }
}
