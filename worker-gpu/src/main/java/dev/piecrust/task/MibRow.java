package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;

/**
 * Rows of the public sets of the Mechanistic Interpretability Benchmark: a prompt and one of its
 * counterfactuals, which is the corruption; the wrong answer is the one that is right there.
 * Answers begin with a space, unless the prompt ends with one.
 */
enum MibRow {
  /** Indirect objects, with the second subject flipped. */
  IOI("s2_io_flip_counterfactual", "/metadata/indirect_object", "/metadata/subject"),
  /** Copied colours and ARC, with other symbols. */
  CHOICES("symbol_counterfactual", "", "/symbol_counterfactual"),
  /** Sums and differences, with other numbers. */
  ARITHMETIC("random_counterfactual", "/label", "/random_counterfactual/label");

  private final String counterfactual;
  private final String right;
  private final String wrong;

  /**
   * @param counterfactual the column that the rows are known by
   * @param right where the right answer is; of choices, where the choices are
   */
  MibRow(String counterfactual, String right, String wrong) {
    this.counterfactual = counterfactual;
    this.right = right;
    this.wrong = wrong;
  }

  /** The set that an object is of, if it is of one. */
  static Optional<MibRow> of(JsonNode object) {
    return Arrays.stream(values())
        .filter(row -> object.has("prompt") && object.has(row.counterfactual))
        .findFirst();
  }

  PromptPair pair(JsonNode object, String where) {
    String prompt = text(object, "/prompt", where);
    return new PromptPair(
        prompt,
        text(object, "/" + counterfactual + "/prompt", where),
        answer(object, right, prompt, where),
        answer(object, wrong, prompt, where));
  }

  private String answer(JsonNode object, String at, String prompt, String where) {
    String found = this == CHOICES ? symbol(object, at, where) : text(object, at, where);
    boolean spaced = Character.isWhitespace(prompt.charAt(prompt.length() - 1));
    return spaced || found.startsWith(" ") ? found : " " + found;
  }

  private static String symbol(JsonNode object, String at, String where) {
    JsonNode key = object.at(at + "/answerKey");
    if (!key.isInt()) {
      throw user(
          "%s: %s is no whole number, expected the index of a choice", where, at + "/answerKey");
    }
    return text(object, at + "/choices/label/" + key.intValue(), where);
  }

  private static String text(JsonNode object, String at, String where) {
    JsonNode value = object.at(at);
    if (!(value.isTextual() || value.isIntegralNumber()) || value.asText().isEmpty()) {
      throw user("%s: %s is missing, expected text there, as MIB's rows have it", where, at);
    }
    return value.asText();
  }
}
