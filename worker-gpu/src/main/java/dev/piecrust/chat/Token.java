package dev.piecrust.chat;

/**
 * A piece of a template.
 *
 * @param text of a string its content, of an end nothing
 * @param line that it is on, from 1
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    /** Text that is written as it is. */
    DATA,
    PRINT,
    PRINT_END,
    BLOCK,
    BLOCK_END,
    NAME,
    STRING,
    NUMBER,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }

  boolean names(String word) {
    return kind == Kind.NAME && text.equals(word);
  }
}
