package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One line of a task (docs/method.md §4): a prompt with a right and a wrong answer, and its
 * corruption. A blank text is a user error.
 *
 * @param textClean the prompt, up to the answer
 * @param textCorr the same prompt with the answer's evidence replaced, token by token aligned
 * @param ioClean the right answer as it would be appended, leading space included
 * @param sClean the wrong answer, likewise
 */
public record PromptPair(
    @JsonProperty("text_clean") String textClean,
    @JsonProperty("text_corr") String textCorr,
    @JsonProperty("io_clean") String ioClean,
    @JsonProperty("s_clean") String sClean) {
  public PromptPair {
    refuseBlank("text_clean", textClean);
    refuseBlank("text_corr", textCorr);
    refuseBlank("io_clean", ioClean);
    refuseBlank("s_clean", sClean);
  }

  private static void refuseBlank(String key, String value) {
    if (value.isBlank()) {
      throw user("%s is empty, expected text", key);
    }
  }
}
