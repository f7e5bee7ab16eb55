package dev.piecrust.train;

import ai.djl.ndarray.NDManager;
import dev.piecrust.evidence.Progress;
import java.util.List;

/** What a model's MLPs read and write while it reads a corpus, in pieces whose order is free. */
interface ActivationSource {
  /** How many pieces there are. */
  int count();

  /** Tokens of a piece that count. */
  int tokens(int piece);

  /**
   * Those of some pieces, one after the other.
   *
   * @param target holds them
   * @param progress hears how many pieces are done
   */
  List<Rows> of(NDManager target, List<Integer> pieces, Progress progress);

  /** Tokens of all pieces that count. */
  default long tokens() {
    long sum = 0;
    for (int piece = 0; piece < count(); piece++) {
      sum += tokens(piece);
    }
    return sum;
  }
}
