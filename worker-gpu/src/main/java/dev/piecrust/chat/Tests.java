package dev.piecrust.chat;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What templates ask of a value: {@code x is defined}. */
final class Tests {
  private static final Set<String> WITH_ARGUMENT =
      Set.of("divisibleby", "eq", "equalto", "ne", "in", "gt", "lt", "ge", "le");

  private Tests() {}

  static boolean takesArgument(String name) {
    return WITH_ARGUMENT.contains(name);
  }

  static boolean holds(String name, Object value, List<Object> given) {
    return switch (name) {
      case "defined" -> value != Nothing.UNDEFINED;
      case "undefined" -> value == Nothing.UNDEFINED;
      case "none" -> value == Nothing.NONE;
      case "string" -> value instanceof String;
      case "number" -> value instanceof Number || value instanceof Boolean;
      case "integer" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "boolean" -> value instanceof Boolean;
      case "true" -> value.equals(true);
      case "false" -> value.equals(false);
      case "mapping" -> value instanceof Map;
      case "sequence", "iterable" ->
          value instanceof String
              || value instanceof List
              || value instanceof Map
              || value == Nothing.UNDEFINED;
      case "callable" -> value instanceof Callable;
      case "even" -> Math.floorMod(Values.whole(value), 2) == 0;
      case "odd" -> Math.floorMod(Values.whole(value), 2) == 1;
      case "divisibleby" -> Values.calculated("%", value, Members.argument(given, 0)).equals(0L);
      case "eq", "equalto" -> Values.equal(value, Members.argument(given, 0));
      case "ne" -> !Values.equal(value, Members.argument(given, 0));
      case "in" -> Values.contains(Members.argument(given, 0), value);
      case "gt" -> Values.order(value, Members.argument(given, 0)) > 0;
      case "lt" -> Values.order(value, Members.argument(given, 0)) < 0;
      case "ge" -> Values.order(value, Members.argument(given, 0)) >= 0;
      case "le" -> Values.order(value, Members.argument(given, 0)) <= 0;
      default ->
          throw new TemplateFault("has the test '%s', expected one that chat templates use", name);
    };
  }
}
