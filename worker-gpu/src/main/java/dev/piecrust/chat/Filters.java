package dev.piecrust.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What templates make of a value: {@code x | trim}. */
final class Filters {
  private static final JsonMapper JSON = new JsonMapper();

  private Filters() {}

  static Object apply(
      Scope scope, String name, Object value, List<Object> given, Map<String, Object> named) {
    scope.step();
    return switch (name) {
      case "trim" ->
          Members.strip(
              Values.text(value), given.isEmpty() ? Nothing.NONE : given.get(0), true, true);
      case "length", "count" -> Values.length(value);
      case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
      case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
      case "capitalize" -> Members.capital(Values.text(value));
      case "title" -> Members.title(Values.text(value));
      case "string" -> Values.text(value);
      case "safe" -> value;
      case "int" -> whole(value);
      case "list" -> Values.items(value);
      case "items" -> value instanceof Map<?, ?> map ? Members.pairs(map) : Values.items(value);
      case "first" -> Values.item(Values.items(value), 0L);
      case "last" -> Values.item(Values.items(value), -1L);
      case "reverse" -> Values.slice(value, Nothing.NONE, Nothing.NONE, -1L);
      case "unique" -> new ArrayList<Object>(new LinkedHashSet<>(Values.items(value)));
      case "join" -> Members.join(value, given.isEmpty() ? "" : Values.text(given.get(0)));
      case "replace" ->
          Members.replace(
              Values.text(value), Members.argument(given, 0), Members.argument(given, 1));
      case "default", "d" -> otherwise(value, given, named);
      case "tojson" ->
          json(value, named.getOrDefault("indent", given.isEmpty() ? Nothing.NONE : given.get(0)));
      case "map" -> mapped(scope, value, given, named);
      case "selectattr" -> chosen(value, attributeTest(given));
      case "rejectattr" -> chosen(value, attributeTest(given).negate());
      case "select" -> chosen(value, test(given, 0));
      case "reject" -> chosen(value, test(given, 0).negate());
      default ->
          throw new TemplateFault(
              "has the filter '%s', expected one that chat templates use", name);
    };
  }

  private static Object whole(Object value) {
    if (value instanceof Double number) {
      return number.longValue();
    }
    if (value instanceof String text) {
      return text.strip().matches("[-+]?\\d{1,18}") ? Long.parseLong(text.strip()) : 0L;
    }
    return value instanceof Nothing ? 0L : Values.whole(value);
  }

  private static Object otherwise(Object value, List<Object> given, Map<String, Object> named) {
    boolean falsy =
        Values.truth(named.getOrDefault("boolean", given.size() > 1 ? given.get(1) : false));
    boolean missing = value == Nothing.UNDEFINED || (falsy && !Values.truth(value));
    return missing ? (given.isEmpty() ? "" : given.get(0)) : value;
  }

  private static Object mapped(
      Scope scope, Object value, List<Object> given, Map<String, Object> named) {
    Object attribute = named.getOrDefault("attribute", Nothing.UNDEFINED);
    Function<Object, Object> change =
        attribute == Nothing.UNDEFINED
            ? one ->
                apply(
                    scope,
                    Values.string(Members.argument(given, 0)),
                    one,
                    given.subList(1, given.size()),
                    named)
            : one -> Values.item(one, attribute);
    return Values.items(value).stream()
        .map(change)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Object chosen(Object value, Predicate<Object> wanted) {
    return Values.items(value).stream()
        .filter(wanted)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Predicate<Object> attributeTest(List<Object> given) {
    Predicate<Object> test = test(given, 1);
    return one -> test.test(Values.item(one, Members.argument(given, 0)));
  }

  private static Predicate<Object> test(List<Object> given, int from) {
    return given.size() <= from
        ? Values::truth
        : one ->
            Tests.holds(Values.string(given.get(from)), one, given.subList(from + 1, given.size()));
  }

  /** As Python writes it, on one line where {@code indent} is none. */
  private static String json(Object value, Object indent) {
    StringBuilder out = new StringBuilder();
    json(value, indent == Nothing.NONE ? -1 : (int) Math.min(16, Values.whole(indent)), 0, out);
    return out.toString();
  }

  private static void json(Object value, int indent, int depth, StringBuilder out) {
    Values.requireShort(out.length());
    if (value instanceof Map<?, ?> map) {
      List<Runnable> parts = new ArrayList<>();
      map.forEach(
          (key, part) ->
              parts.add(
                  () -> {
                    out.append(quoted(Values.text(key))).append(": ");
                    json(part, indent, depth + 1, out);
                  }));
      parts('{', parts, '}', indent, depth, out);
    } else if (value instanceof List<?> list) {
      List<Runnable> parts = new ArrayList<>();
      list.forEach(part -> parts.add(() -> json(part, indent, depth + 1, out)));
      parts('[', parts, ']', indent, depth, out);
    } else if (value == Nothing.NONE) {
      out.append("null");
    } else if (value instanceof Boolean || value instanceof Number) {
      out.append(value);
    } else {
      out.append(quoted(Values.string(value)));
    }
  }

  private static void parts(
      char begin, List<Runnable> parts, char end, int indent, int depth, StringBuilder out) {
    out.append(begin);
    for (int i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : indent < 0 ? ", " : ",");
      out.append(indent < 0 ? "" : line(indent * (depth + 1)));
      parts.get(i).run();
    }
    out.append(indent < 0 || parts.isEmpty() ? "" : line(indent * depth)).append(end);
  }

  private static String line(int blanks) {
    return "\n" + String.join("", Collections.nCopies(blanks, " "));
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new TemplateFault("has a text that is none, expected one");
    }
  }
}
