package dev.piecrust.chat;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template in the part of Jinja that chat templates use, read and rendered as Hugging Face
 * transformers does. Whatever else is in it is refused, never passed over; what does not end by
 * itself is ended.
 *
 * @param name what errors call it
 */
record Template(String name, List<Statement> statements) {
  private static final int LONGEST = 1 << 20;
  private static final int LONGEST_RANGE = 100_000;

  /** Reads a template; a user error that names the line where it cannot be. */
  static Template read(String name, String source) {
    if (source.length() > LONGEST) {
      throw user("%s: has %d characters, expected at most %d", name, source.length(), LONGEST);
    }
    try {
      List<Token> all = Lexer.tokens(source);
      Tokens tokens = new Tokens(all);
      try {
        return new Template(name, List.copyOf(new Statements(tokens).whole()));
      } catch (TemplateFault e) {
        throw user("%s line %d: %s", name, tokens.now().line(), e.sentence());
      }
    } catch (TemplateFault e) {
      throw user("%s: %s", name, e.sentence());
    }
  }

  /** The text that it gives with these values; a user error that names the line. */
  String render(Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("namespace", (Callable) (scope, given, named) -> new Namespace(new HashMap<>(named)));
    all.put("dict", (Callable) (scope, given, named) -> new LinkedHashMap<Object, Object>(named));
    all.put("range", (Callable) (scope, given, named) -> range(given));
    all.put(
        "raise_exception",
        (Callable)
            (scope, given, named) -> {
              throw new TemplateFault(
                  "refuses the conversation ('%s'), expected one that it takes",
                  Values.text(Members.argument(given, 0)));
            });
    Scope scope = Scope.of(all);
    try {
      Statement.all(statements, scope);
    } catch (TemplateFault e) {
      throw user("%s line %d: %s", name, scope.line(), e.sentence());
    }
    return scope.written();
  }

  private static List<Object> range(List<Object> given) {
    boolean begins = given.size() > 1;
    long from = begins ? Values.whole(given.get(0)) : 0;
    long to = Values.whole(Members.argument(given, begins ? 1 : 0));
    long step = given.size() > 2 ? Values.whole(given.get(2)) : 1;
    List<Object> numbers = new ArrayList<>();
    for (long i = from; step != 0 && (step > 0 ? i < to : i > to); i += step) {
      if (numbers.size() == LONGEST_RANGE) {
        throw new TemplateFault("counts further than %d, expected a prompt", LONGEST_RANGE);
      }
      numbers.add(i);
    }
    return numbers;
  }
}
