package dev.piecrust.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;

/** Reads expressions, in Jinja's order of operators. */
final class Expressions {
  private static final Set<String> ENDS = Set.of("else", "or", "and", "is", "if", "in", "not");

  private final Tokens tokens;

  Expressions(Tokens tokens) {
    this.tokens = tokens;
  }

  /** One expression, or several with commas between them, which are a list. */
  Expression list() {
    Expression first = one();
    if (!tokens.now().is(",")) {
      return first;
    }
    List<Expression> all = new ArrayList<>(List.of(first));
    while (tokens.takeIf(",") && begins()) {
      all.add(one());
    }
    return values(all);
  }

  private boolean begins() {
    Token now = tokens.now();
    return switch (now.kind()) {
      case NAME, STRING, NUMBER -> true;
      case OPERATOR -> Set.of("(", "[", "{", "-", "+").contains(now.text());
      default -> false;
    };
  }

  private static Expression values(List<Expression> all) {
    return scope -> {
      List<Object> values = new ArrayList<>();
      all.forEach(part -> values.add(part.in(scope)));
      return values;
    };
  }

  /** One expression. */
  Expression one() {
    tokens.enter();
    Expression value = either();
    while (tokens.takeName("if")) {
      Expression chosen = value;
      Expression condition = either();
      Expression other = tokens.takeName("else") ? one() : scope -> Nothing.UNDEFINED;
      value = scope -> Values.truth(condition.in(scope)) ? chosen.in(scope) : other.in(scope);
    }
    tokens.leave();
    return value;
  }

  /** One without the condition behind it, as the list of a loop is. */
  Expression either() {
    Expression left = both();
    while (tokens.takeName("or")) {
      Expression first = left;
      Expression second = both();
      left =
          scope -> {
            Object value = first.in(scope);
            return Values.truth(value) ? value : second.in(scope);
          };
    }
    return left;
  }

  private Expression both() {
    Expression left = negated();
    while (tokens.takeName("and")) {
      Expression first = left;
      Expression second = negated();
      left =
          scope -> {
            Object value = first.in(scope);
            return Values.truth(value) ? second.in(scope) : value;
          };
    }
    return left;
  }

  private Expression negated() {
    if (!tokens.takeName("not")) {
      return compared();
    }
    tokens.enter();
    Expression value = negated();
    tokens.leave();
    return scope -> !Values.truth(value.in(scope));
  }

  /** A comparison; several in a row all hold. */
  private Expression compared() {
    Expression first = sum();
    List<BiTest> tests = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    for (BiTest test = comparison(); test != BiTest.NONE; test = comparison()) {
      tests.add(test);
      others.add(sum());
    }
    if (tests.isEmpty()) {
      return first;
    }
    return scope -> {
      Object left = first.in(scope);
      for (int i = 0; i < tests.size(); i++) {
        Object right = others.get(i).in(scope);
        if (!tests.get(i).holds(left, right)) {
          return false;
        }
        left = right;
      }
      return true;
    };
  }

  /** A comparison of two values. */
  @FunctionalInterface
  private interface BiTest {
    BiTest NONE = (a, b) -> false;

    boolean holds(Object a, Object b);
  }

  private BiTest comparison() {
    if (tokens.now().names("not") && tokens.after().names("in")) {
      tokens.take();
      tokens.take();
      return (a, b) -> !Values.contains(b, a);
    }
    if (tokens.takeName("in")) {
      return (a, b) -> Values.contains(b, a);
    }
    if (tokens.takeIf("==")) {
      return Values::equal;
    }
    if (tokens.takeIf("!=")) {
      return (a, b) -> !Values.equal(a, b);
    }
    return tokens.takeIf("<")
        ? (a, b) -> Values.order(a, b) < 0
        : tokens.takeIf("<=")
            ? (a, b) -> Values.order(a, b) <= 0
            : tokens.takeIf(">")
                ? (a, b) -> Values.order(a, b) > 0
                : tokens.takeIf(">=") ? (a, b) -> Values.order(a, b) >= 0 : BiTest.NONE;
  }

  private Expression sum() {
    Expression left = joined();
    while (tokens.now().is("+") || tokens.now().is("-")) {
      boolean adds = tokens.take().is("+");
      left = both(left, joined(), adds ? Values::add : (a, b) -> Values.calculated("-", a, b));
    }
    return left;
  }

  private Expression joined() {
    Expression left = product();
    while (tokens.takeIf("~")) {
      left = both(left, product(), (a, b) -> Values.joined(Values.text(a), Values.text(b)));
    }
    return left;
  }

  private Expression product() {
    Expression left = signed(true);
    while (tokens.now().kind() == Token.Kind.OPERATOR
        && Set.of("*", "/", "//", "%").contains(tokens.now().text())) {
      String operator = tokens.take().text();
      left = both(left, signed(true), (a, b) -> Values.calculated(operator, a, b));
    }
    return left;
  }

  private static Expression both(Expression a, Expression b, BinaryOperator<Object> operation) {
    return scope -> operation.apply(a.in(scope), b.in(scope));
  }

  private Expression signed(boolean filtered) {
    Expression value;
    if (tokens.now().is("-") || tokens.now().is("+")) {
      boolean minus = tokens.take().is("-");
      tokens.enter();
      Expression number = signed(false);
      tokens.leave();
      value = scope -> Values.calculated(minus ? "-" : "+", 0L, number.in(scope));
    } else {
      value = parts(primary());
    }
    return filtered ? filtered(value) : value;
  }

  private Expression primary() {
    Token now = tokens.now();
    return switch (now.kind()) {
      case STRING -> text();
      case NUMBER -> number(tokens.take().text());
      case NAME -> {
        tokens.take();
        yield named(now.text());
      }
      default -> enclosed();
    };
  }

  /** What brackets enclose. */
  private Expression enclosed() {
    if (tokens.takeIf("(")) {
      Expression inside = tokens.now().is(")") ? values(List.of()) : list();
      tokens.expect(")");
      return inside;
    }
    if (tokens.takeIf("[")) {
      return values(until("]"));
    }
    if (tokens.takeIf("{")) {
      return object();
    }
    throw tokens.wrong("a value");
  }

  private Expression text() {
    StringBuilder whole = new StringBuilder();
    while (tokens.now().kind() == Token.Kind.STRING) {
      whole.append(tokens.take().text());
    }
    String text = whole.toString();
    return scope -> text;
  }

  private static Expression number(String text) {
    if (text.length() > 18) {
      throw new TemplateFault("has a number of %d digits, expected fewer", text.length());
    }
    Object number = text.matches("\\d+") ? (Object) Long.valueOf(text) : Double.valueOf(text);
    return scope -> number;
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> scope -> true;
      case "false", "False" -> scope -> false;
      case "none", "None" -> scope -> Nothing.NONE;
      default -> scope -> scope.get(name);
    };
  }

  private List<Expression> until(String end) {
    List<Expression> all = new ArrayList<>();
    while (!tokens.takeIf(end)) {
      all.add(one());
      if (!tokens.now().is(end)) {
        tokens.expect(",");
      }
    }
    return all;
  }

  private Expression object() {
    Map<Expression, Expression> entries = new LinkedHashMap<>();
    while (!tokens.takeIf("}")) {
      Expression key = one();
      tokens.expect(":");
      entries.put(key, one());
      if (!tokens.now().is("}")) {
        tokens.expect(",");
      }
    }
    return scope -> {
      Map<Object, Object> object = new LinkedHashMap<>();
      entries.forEach((key, value) -> object.put(key.in(scope), value.in(scope)));
      return object;
    };
  }

  /** Attributes, items and calls behind a value. */
  private Expression parts(Expression whole) {
    Expression value = whole;
    while (true) {
      Expression of = value;
      if (tokens.takeIf(".")) {
        String name = tokens.name();
        value = scope -> Members.of(of.in(scope), name);
      } else if (tokens.takeIf("[")) {
        value = item(of);
      } else if (tokens.takeIf("(")) {
        value = call(of);
      } else {
        return value;
      }
    }
  }

  private Expression item(Expression of) {
    Expression none = scope -> Nothing.NONE;
    Expression from = tokens.now().is(":") ? none : one();
    if (tokens.takeIf("]")) {
      return scope -> part(of.in(scope), from.in(scope));
    }
    tokens.expect(":");
    Expression to = tokens.now().is(":") || tokens.now().is("]") ? none : one();
    Expression step = tokens.takeIf(":") && !tokens.now().is("]") ? one() : none;
    tokens.expect("]");
    return scope -> Values.slice(of.in(scope), from.in(scope), to.in(scope), step.in(scope));
  }

  /** What is under a key comes before a method of that name. */
  private static Object part(Object value, Object key) {
    Object item = Values.item(value, key);
    return item == Nothing.UNDEFINED && key instanceof String name ? Members.of(value, name) : item;
  }

  private Expression call(Expression of) {
    Arguments arguments = arguments();
    return scope -> {
      scope.step();
      if (of.in(scope) instanceof Callable callable) {
        return callable.call(scope, arguments.list(scope), arguments.named(scope));
      }
      throw new TemplateFault("calls what is no function, expected one that chat templates use");
    };
  }

  /** Values that are handed over, some of them by name. */
  private record Arguments(List<Expression> all, Map<String, Expression> byName) {
    List<Object> list(Scope scope) {
      List<Object> values = new ArrayList<>();
      all.forEach(one -> values.add(one.in(scope)));
      return values;
    }

    Map<String, Object> named(Scope scope) {
      Map<String, Object> values = new LinkedHashMap<>();
      byName.forEach((name, one) -> values.put(name, one.in(scope)));
      return values;
    }
  }

  private Arguments arguments() {
    List<Expression> all = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.takeIf(")")) {
      if (tokens.now().kind() == Token.Kind.NAME && tokens.after().is("=")) {
        String name = tokens.name();
        tokens.take();
        named.put(name, one());
      } else {
        all.add(one());
      }
      if (!tokens.now().is(")")) {
        tokens.expect(",");
      }
    }
    return new Arguments(all, named);
  }

  /** Filters and tests behind a value. */
  private Expression filtered(Expression whole) {
    Expression value = whole;
    while (true) {
      Expression of = value;
      if (tokens.takeIf("|")) {
        String name = tokens.name();
        Arguments given = tokens.takeIf("(") ? arguments() : new Arguments(List.of(), Map.of());
        value =
            scope ->
                Filters.apply(scope, name, of.in(scope), given.list(scope), given.named(scope));
      } else if (tokens.takeName("is")) {
        boolean wanted = !tokens.takeName("not");
        String name = tokens.name();
        List<Expression> argument = argument(name);
        value =
            scope ->
                Tests.holds(
                        name, of.in(scope), argument.stream().map(one -> one.in(scope)).toList())
                    == wanted;
      } else {
        return value;
      }
    }
  }

  /** What a test compares with, where it compares. */
  private List<Expression> argument(String test) {
    boolean ends = tokens.now().kind() == Token.Kind.NAME && ENDS.contains(tokens.now().text());
    return Tests.takesArgument(test) && begins() && !ends ? List.of(parts(primary())) : List.of();
  }
}
