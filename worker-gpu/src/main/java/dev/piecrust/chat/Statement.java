package dev.piecrust.chat;

import java.util.List;

/** A part of a template that writes, sets or repeats. */
@FunctionalInterface
interface Statement {
  /** What comes after a statement. */
  enum Next {
    GO_ON,
    BREAK,
    CONTINUE
  }

  Next run(Scope scope);

  /** Runs statements until one of them leaves their loop. */
  static Next all(List<Statement> body, Scope scope) {
    for (Statement one : body) {
      Next next = one.run(scope);
      if (next != Next.GO_ON) {
        return next;
      }
    }
    return Next.GO_ON;
  }
}
