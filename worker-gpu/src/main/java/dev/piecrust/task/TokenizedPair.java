package dev.piecrust.task;

/**
 * A pair that passed every check, as the model reads it. The arrays belong to the pair and are not
 * written to.
 *
 * @param clean tokens of the clean prompt, BOS in front, {@code [T]}
 * @param corrupted tokens of the corrupted prompt, {@code [T]}: as many
 * @param right token of the right answer
 * @param wrong token of the wrong answer, another than that of the right one
 */
@SuppressWarnings("ArrayRecordComponent")
public record TokenizedPair(PromptPair pair, int[] clean, int[] corrupted, int right, int wrong) {
  public TokenizedPair {
    if (clean.length != corrupted.length || right == wrong) {
      throw new IllegalArgumentException("a pair must be checked before it is tokenized");
    }
  }

  /** Tokens of either prompt, BOS included. */
  public int length() {
    return clean.length;
  }
}
