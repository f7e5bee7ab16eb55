package dev.piecrust.prune;

/** How many variants of a prompt run as one batch. */
public final class ForwardSize {
  /** Enough for tall matrix products, little enough for the memory of a laptop. */
  private static final int TOKENS = 2048;

  /** Logits held at a time, in numbers: 128 MiB. */
  private static final long LOGITS = 1L << 25;

  private ForwardSize() {}

  /**
   * At least 1.
   *
   * @param positions that run in each variant
   * @param logits numbers that each variant's logits take
   */
  public static int variants(int positions, long logits) {
    return (int) Math.max(1, Math.min(TOKENS / positions, LOGITS / logits));
  }
}
