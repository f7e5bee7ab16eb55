package dev.piecrust.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the statements of a template. */
final class Statements {
  private final Tokens tokens;
  private final Expressions expressions;

  Statements(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new Expressions(tokens);
  }

  List<Statement> whole() {
    List<Statement> all = until(Set.of());
    if (tokens.now().kind() != Token.Kind.END) {
      throw tokens.wrong("the end");
    }
    return all;
  }

  /** Statements up to a block that begins with one of these words, which is then the next name. */
  private List<Statement> until(Set<String> ends) {
    tokens.enter();
    List<Statement> all = new ArrayList<>();
    while (tokens.now().kind() != Token.Kind.END) {
      Token now = tokens.take();
      switch (now.kind()) {
        case DATA -> all.add(data(now.text()));
        case PRINT -> all.add(print(now.line()));
        default -> {
          if (ends.contains(tokens.now().text())) {
            tokens.leave();
            return all;
          }
          all.add(block(now.line()));
        }
      }
    }
    if (!ends.isEmpty()) {
      throw tokens.wrong("one of " + ends.stream().sorted().toList());
    }
    tokens.leave();
    return all;
  }

  private static Statement data(String text) {
    return scope -> {
      scope.write(text);
      return Statement.Next.GO_ON;
    };
  }

  private Statement print(int line) {
    Expression value = expressions.list();
    tokens.expect(Token.Kind.PRINT_END, "}}");
    return scope -> {
      scope.step(line);
      scope.write(Values.text(value.in(scope)));
      return Statement.Next.GO_ON;
    };
  }

  private void endBlock() {
    tokens.expect(Token.Kind.BLOCK_END, "%}");
  }

  private void end(String name) {
    if (!tokens.takeName(name)) {
      throw tokens.wrong(name);
    }
    endBlock();
  }

  private Statement block(int line) {
    String word = tokens.name();
    return switch (word) {
      case "if" -> choice(line);
      case "for" -> loop(line);
      case "set" -> setting(line);
      case "macro" -> macro();
      case "generation" -> generation();
      case "break" -> leaving(Statement.Next.BREAK);
      case "continue" -> leaving(Statement.Next.CONTINUE);
      default ->
          throw new TemplateFault(
              "has the block '%s', expected if, for, set, macro, generation, break or continue",
              word);
    };
  }

  private Statement leaving(Statement.Next next) {
    endBlock();
    return scope -> next;
  }

  /** What the assistant says, which training marks. */
  private Statement generation() {
    endBlock();
    List<Statement> body = until(Set.of("endgeneration"));
    end("endgeneration");
    return scope -> Statement.all(body, scope);
  }

  private Statement choice(int line) {
    Expression condition = expressions.one();
    endBlock();
    List<Statement> body = until(Set.of("elif", "else", "endif"));
    List<Statement> other = List.of();
    int next = tokens.now().line();
    if (tokens.takeName("elif")) {
      other = List.of(choice(next));
    } else {
      if (tokens.takeName("else")) {
        endBlock();
        other = until(Set.of("endif"));
      }
      end("endif");
    }
    List<Statement> otherwise = other;
    return scope -> {
      scope.step(line);
      return Statement.all(Values.truth(condition.in(scope)) ? body : otherwise, scope);
    };
  }

  private List<String> names() {
    boolean bracketed = tokens.takeIf("(");
    List<String> names = new ArrayList<>(List.of(tokens.name()));
    while (tokens.takeIf(",")) {
      names.add(tokens.name());
    }
    if (bracketed) {
      tokens.expect(")");
    }
    return names;
  }

  private Statement loop(int line) {
    List<String> names = names();
    if (!tokens.takeName("in")) {
      throw tokens.wrong("in");
    }
    Expression all = expressions.either();
    Optional<Expression> filter =
        tokens.takeName("if") ? Optional.of(expressions.one()) : Optional.empty();
    endBlock();
    List<Statement> body = until(Set.of("else", "endfor"));
    List<Statement> none = List.of();
    if (tokens.takeName("else")) {
      endBlock();
      none = until(Set.of("endfor"));
    }
    end("endfor");
    List<Statement> otherwise = none;
    return scope -> {
      scope.step(line);
      List<Object> items = kept(scope, names, Values.items(all.in(scope)), filter);
      if (items.isEmpty()) {
        return Statement.all(otherwise, scope);
      }
      for (int i = 0; i < items.size(); i++) {
        scope.step(line);
        Scope inner = scope.inner();
        inner.set("loop", place(items, i));
        inner.set(names, items.get(i));
        if (Statement.all(body, inner) == Statement.Next.BREAK) {
          break;
        }
      }
      return Statement.Next.GO_ON;
    };
  }

  private static List<Object> kept(
      Scope scope, List<String> names, List<Object> items, Optional<Expression> filter) {
    return filter.isEmpty()
        ? items
        : items.stream()
            .filter(
                item -> {
                  scope.step();
                  Scope inner = scope.inner();
                  inner.set(names, item);
                  return Values.truth(filter.get().in(inner));
                })
            .toList();
  }

  /** What {@code loop} knows. */
  private static Map<String, Object> place(List<Object> items, int i) {
    Map<String, Object> loop = new LinkedHashMap<>();
    int size = items.size();
    loop.put("index", i + 1L);
    loop.put("index0", (long) i);
    loop.put("revindex", (long) size - i);
    loop.put("revindex0", size - i - 1L);
    loop.put("first", i == 0);
    loop.put("last", i == size - 1);
    loop.put("length", (long) size);
    if (i > 0) {
      loop.put("previtem", items.get(i - 1));
    }
    if (i + 1 < size) {
      loop.put("nextitem", items.get(i + 1));
    }
    return loop;
  }

  private Statement setting(int line) {
    if (tokens.after().is(".")) {
      return settingPart(line);
    }
    List<String> names = names();
    if (tokens.now().kind() == Token.Kind.BLOCK_END) {
      endBlock();
      List<Statement> body = until(Set.of("endset"));
      end("endset");
      return scope -> {
        Scope captured = scope.captured();
        Statement.all(body, captured);
        scope.set(names, captured.written());
        return Statement.Next.GO_ON;
      };
    }
    tokens.expect("=");
    Expression value = expressions.list();
    endBlock();
    return scope -> {
      scope.step(line);
      scope.set(names, value.in(scope));
      return Statement.Next.GO_ON;
    };
  }

  /** Of a namespace. */
  private Statement settingPart(int line) {
    String space = tokens.name();
    tokens.take();
    String name = tokens.name();
    tokens.expect("=");
    Expression value = expressions.list();
    endBlock();
    return scope -> {
      scope.step(line);
      if (!(scope.get(space) instanceof Namespace held)) {
        throw new TemplateFault("sets a part of '%s', expected a namespace", space);
      }
      held.values().put(name, value.in(scope));
      return Statement.Next.GO_ON;
    };
  }

  private Statement macro() {
    String name = tokens.name();
    tokens.expect("(");
    List<String> names = new ArrayList<>();
    Map<String, Expression> usual = new LinkedHashMap<>();
    while (!tokens.takeIf(")")) {
      String parameter = tokens.name();
      names.add(parameter);
      if (tokens.takeIf("=")) {
        usual.put(parameter, expressions.one());
      }
      if (!tokens.now().is(")")) {
        tokens.expect(",");
      }
    }
    endBlock();
    List<Statement> body = until(Set.of("endmacro"));
    end("endmacro");
    Callable macro = (scope, given, named) -> called(scope, names, usual, body, given, named);
    return scope -> {
      scope.set(name, macro);
      return Statement.Next.GO_ON;
    };
  }

  private static Object called(
      Scope caller,
      List<String> names,
      Map<String, Expression> usual,
      List<Statement> body,
      List<Object> given,
      Map<String, Object> named) {
    if (given.size() > names.size()) {
      throw new TemplateFault(
          "calls a macro with %d values, expected at most %d", given.size(), names.size());
    }
    caller.enter();
    Scope scope = caller.ofMacro();
    for (int i = 0; i < names.size(); i++) {
      String parameter = names.get(i);
      Expression otherwise = usual.getOrDefault(parameter, s -> Nothing.UNDEFINED);
      scope.set(
          parameter,
          i < given.size()
              ? given.get(i)
              : named.containsKey(parameter)
                  ? named.getOrDefault(parameter, Nothing.UNDEFINED)
                  : otherwise.in(scope));
    }
    Statement.all(body, scope);
    caller.leave();
    return scope.written();
  }
}
