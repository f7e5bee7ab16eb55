package dev.piecrust.chat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names that a part of a template sees, and what it writes to. */
final class Scope {
  /** Far above what any template takes. */
  private static final int MOST_STEPS = 1_000_000;

  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_DEPTH = 50;

  /** What one run has taken. */
  private static final class Run {
    private int steps;
    private int line;
    private int depth;
  }

  private final Run run;
  private final Optional<Scope> parent;
  private final Map<String, Object> own = new HashMap<>();
  private final StringBuilder out;

  private Scope(Run run, Optional<Scope> parent, StringBuilder out) {
    this.run = run;
    this.parent = parent;
    this.out = out;
  }

  /** The outermost one. */
  static Scope of(Map<String, Object> values) {
    Scope scope = new Scope(new Run(), Optional.empty(), new StringBuilder());
    scope.own.putAll(values);
    return scope;
  }

  /** One whose own names end with it. */
  Scope inner() {
    return new Scope(run, Optional.of(this), out);
  }

  /** Of a macro, which sees the outermost names and its own, and writes to a text of its own. */
  Scope ofMacro() {
    return new Scope(run, Optional.of(root()), new StringBuilder());
  }

  /** The same names, writing to a text of its own. */
  Scope captured() {
    return new Scope(run, Optional.of(this), new StringBuilder());
  }

  private Scope root() {
    return parent.isEmpty() ? this : parent.get().root();
  }

  Object get(String name) {
    for (Optional<Scope> at = Optional.of(this); at.isPresent(); at = at.get().parent) {
      Object found = at.get().own.get(name);
      if (found != null) {
        return found;
      }
    }
    return Nothing.UNDEFINED;
  }

  void set(String name, Object value) {
    own.put(name, value);
  }

  /** Gives names to a value, or to the parts of one. */
  void set(List<String> names, Object value) {
    if (names.size() == 1) {
      set(names.get(0), value);
      return;
    }
    List<Object> parts = Values.items(value);
    if (parts.size() != names.size()) {
      throw new TemplateFault(
          "gives %d names to %d values, expected as many", names.size(), parts.size());
    }
    for (int i = 0; i < parts.size(); i++) {
      set(names.get(i), parts.get(i));
    }
  }

  void write(String text) {
    if (out.length() + text.length() > MOST_CHARACTERS) {
      throw new TemplateFault("writes more than %d characters, expected a prompt", MOST_CHARACTERS);
    }
    out.append(text);
  }

  String written() {
    return out.toString();
  }

  /** Says what is being done; ends a template that does not end by itself. */
  void step(int line) {
    run.line = line;
    step();
  }

  void step() {
    if (++run.steps > MOST_STEPS) {
      throw new TemplateFault("takes more than %d steps, expected a prompt", MOST_STEPS);
    }
  }

  void enter() {
    if (++run.depth > MOST_DEPTH) {
      throw new TemplateFault("has macros that call each other without end, expected an end");
    }
  }

  void leave() {
    run.depth--;
  }

  int line() {
    return run.line;
  }
}
