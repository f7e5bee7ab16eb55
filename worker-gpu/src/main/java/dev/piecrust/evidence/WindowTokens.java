package dev.piecrust.evidence;

import dev.piecrust.model.Tokenizer;
import java.util.HashMap;
import java.util.Map;

/** Tokens of windows: which are looked at, and what they are as text. Not for several threads. */
public final class WindowTokens {
  private final Tokenizer tokenizer;
  private final Map<Integer, String> texts = new HashMap<>();

  /** By the tokenizer whose ids the windows hold. */
  public WindowTokens(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /** For each token whether its activation counts: position 0 and special tokens do not. */
  public boolean[] counted(int[] ids) {
    boolean[] counted = new boolean[ids.length];
    for (int p = 1; p < ids.length; p++) {
      counted[p] = !tokenizer.isSpecial(ids[p]);
    }
    return counted;
  }

  boolean isSpecial(int id) {
    return tokenizer.isSpecial(id);
  }

  /** A token as text. */
  String text(int id) {
    return texts.computeIfAbsent(id, tokenizer::token);
  }
}
