package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.model.Tokenizer;

/** What must hold of a pair before anything is computed from it (docs/method.md §4). */
public final class PairChecks {
  private PairChecks() {}

  /**
   * The pair in tokens.
   *
   * @param where what an error names, such as {@code pairs.jsonl line 7}
   * @throws dev.piecrust.failure.PieCrustException of category user when the prompts differ in
   *     their number of tokens, when an answer is not exactly one token, or when both answers are
   *     the same token
   */
  public static TokenizedPair check(PromptPair pair, Tokenizer tokenizer, String where) {
    int[] clean = tokenizer.encode(pair.textClean());
    int[] corrupted = tokenizer.encode(pair.textCorr());
    if (clean.length != corrupted.length) {
      throw user(
          "%s: text_clean has %d tokens and text_corr has %d, expected the same number",
          where, clean.length, corrupted.length);
    }
    int right = answer(tokenizer, "io_clean", pair.ioClean(), where);
    int wrong = answer(tokenizer, "s_clean", pair.sClean(), where);
    if (right == wrong) {
      throw user(
          "%s: io_clean '%s' and s_clean '%s' end in the same token, expected two answers that"
              + " differ in their last token",
          where, pair.ioClean(), pair.sClean());
    }
    return new TokenizedPair(pair, clean, corrupted, right, wrong);
  }

  private static int answer(Tokenizer tokenizer, String key, String text, String where) {
    int[] ids = tokenizer.encodeRaw(text);
    if (ids.length != 1) {
      throw user(
          "%s: the tokenizer splits %s '%s' into %d tokens, expected an answer of one token",
          where, key, text, ids.length);
    }
    if (tokenizer.isSpecial(ids[0])) {
      throw user(
          "%s: %s '%s' is not in the tokenizer's vocabulary (it reads as %s), expected a known"
              + " word",
          where, key, text, tokenizer.token(ids[0]));
    }
    return ids[0];
  }
}
