package dev.piecrust.prune;

import java.util.Arrays;
import java.util.SplittableRandom;

/** What a prompt is used for where circuits are chosen (docs/method.md §6). */
public enum Share {
  /** Circuits are chosen on it. */
  TRAINING("training"),
  /** Says when {@code circuit-swap} stops; rankings use it like a training prompt. */
  VALIDATION("validation"),
  /** Circuits are judged on it, and nothing else. */
  HELD_OUT("held-out");

  /** Fewer prompts cannot be divided in three. */
  private static final int FEWEST_PROMPTS = 3;

  private static final long SEED = 0x9E3779B97F4A7C15L;

  private final String label;

  Share(String label) {
    this.label = label;
  }

  /** The name in exports. */
  public String label() {
    return label;
  }

  /**
   * Deals a task's prompts out by chance, with a fixed seed: the number of prompts and the share
   * alone decide.
   *
   * @param heldOut share of the prompts, 0 to less than 0.5, and as many again for validation; at
   *     least one prompt each. 0, or fewer than three prompts, makes all of them training prompts
   * @return one per prompt
   */
  public static Share[] deal(int prompts, double heldOut) {
    Share[] shares = new Share[prompts];
    Arrays.fill(shares, TRAINING);
    if (heldOut == 0 || prompts < FEWEST_PROMPTS) {
      return shares;
    }
    int each = Math.max(1, (int) Math.rint(heldOut * prompts));
    Arrays.fill(shares, 0, each, HELD_OUT);
    Arrays.fill(shares, each, Math.min(2 * each, prompts - 1), VALIDATION);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = prompts - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      Share swapped = shares[i];
      shares[i] = shares[j];
      shares[j] = swapped;
    }
    return shares;
  }
}
