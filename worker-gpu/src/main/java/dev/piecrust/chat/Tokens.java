package dev.piecrust.chat;

import dev.piecrust.input.Quote;
import java.util.List;

/** The tokens of a template, read from the front. */
final class Tokens {
  private static final int MOST_DEPTH = 60;

  private final List<Token> all;
  private int at;
  private int depth;

  Tokens(List<Token> all) {
    this.all = all;
  }

  Token now() {
    return all.get(at);
  }

  Token after() {
    return all.get(Math.min(at + 1, all.size() - 1));
  }

  Token take() {
    Token taken = now();
    at = Math.min(at + 1, all.size() - 1);
    return taken;
  }

  boolean takeIf(String operator) {
    boolean there = now().is(operator);
    if (there) {
      take();
    }
    return there;
  }

  boolean takeName(String word) {
    boolean there = now().names(word);
    if (there) {
      take();
    }
    return there;
  }

  void expect(String operator) {
    if (!takeIf(operator)) {
      throw wrong(operator);
    }
  }

  void expect(Token.Kind kind, String words) {
    if (now().kind() != kind) {
      throw wrong(words);
    }
    take();
  }

  String name() {
    if (now().kind() != Token.Kind.NAME) {
      throw wrong("a name");
    }
    return take().text();
  }

  /** Ends what is nested without end, which would take the thread's stack. */
  void enter() {
    if (++depth > MOST_DEPTH) {
      throw new TemplateFault("nests more than %d times, expected fewer", MOST_DEPTH);
    }
  }

  void leave() {
    depth--;
  }

  TemplateFault wrong(String expected) {
    Token found = now();
    String text =
        found.kind() == Token.Kind.END
            ? "ends"
            : found.text().isEmpty() ? "ends a part" : "has '" + Quote.of(found.text()) + "'";
    return new TemplateFault("%s, expected %s", text, expected);
  }
}
