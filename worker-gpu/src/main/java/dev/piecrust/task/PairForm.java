package dev.piecrust.task;

import java.util.List;

/**
 * The keys of one public form of prompt pairs; a value may be a list of one string where the form
 * has lists.
 *
 * @param strict whether other keys are refused, rather than passed over
 */
record PairForm(String clean, String corrupted, String right, String wrong, boolean strict) {
  /** That of docs/method.md §4, which is written too. */
  static final PairForm OWN = new PairForm("text_clean", "text_corr", "io_clean", "s_clean", true);

  /** Those that are read: prompts up to the answer, and answers as they would be appended. */
  static final List<PairForm> ALL =
      List.of(
          OWN,
          new PairForm("clean", "corrupted", "answer", "wrong_answer", false),
          new PairForm("clean", "corrupt", "answer", "wrong_answer", false),
          new PairForm("clean", "corrupt", "answers", "wrong_answers", false),
          new PairForm("clean_prefix", "patch_prefix", "clean_answer", "patch_answer", false));

  /** Clean, corrupted, right and wrong. */
  List<String> keys() {
    return List.of(clean, corrupted, right, wrong);
  }

  String words() {
    return String.join(", ", keys());
  }
}
