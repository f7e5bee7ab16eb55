package dev.piecrust.feature;

/**
 * How well the untouched model does a task, measured before anything else (docs/method.md §4).
 *
 * @param prompts that it was asked
 * @param solved of which it gives the right answer the higher logit
 * @param solvedOnly whether the others were left out
 */
public record TaskAccuracy(int prompts, int solved, boolean solvedOnly) {
  /** What is said of it, such as {@code 93 of 100 prompts}. */
  public String words() {
    return "The model itself prefers the right answer on %d of %d prompts%s"
        .formatted(
            solved,
            prompts,
            solvedOnly && solved < prompts
                ? "; the other %d were left out".formatted(prompts - solved)
                : "");
  }
}
