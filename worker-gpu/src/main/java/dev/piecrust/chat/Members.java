package dev.piecrust.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The methods of Python's values that chat templates call. */
final class Members {
  private Members() {}

  /** {@code value.name}: a method, else what is under that key. */
  static Object of(Object value, String name) {
    if (value instanceof Namespace space) {
      return space.values().getOrDefault(name, Nothing.UNDEFINED);
    }
    if (value instanceof String text) {
      return method(text, name);
    }
    if (value instanceof Map<?, ?> map) {
      return switch (name) {
        case "items" -> (Callable) (scope, given, named) -> pairs(map);
        case "keys" -> (Callable) (scope, given, named) -> new ArrayList<Object>(map.keySet());
        case "values" -> (Callable) (scope, given, named) -> new ArrayList<Object>(map.values());
        case "get" ->
            (Callable)
                (scope, given, named) -> {
                  Object found = map.get(argument(given, 0));
                  return found != null ? found : given.size() > 1 ? given.get(1) : Nothing.NONE;
                };
        default -> Values.item(value, name); // a key
      };
    }
    return Values.item(value, name);
  }

  static List<Object> pairs(Map<?, ?> map) {
    List<Object> pairs = new ArrayList<>();
    map.forEach((key, value) -> pairs.add(List.of(key, value)));
    return pairs;
  }

  private static Object method(String text, String name) {
    return switch (name) {
      case "strip" -> stripping(text, true, true);
      case "lstrip" -> stripping(text, true, false);
      case "rstrip" -> stripping(text, false, true);
      case "upper" -> plain(text, s -> s.toUpperCase(Locale.ROOT));
      case "lower" -> plain(text, s -> s.toLowerCase(Locale.ROOT));
      case "capitalize" -> plain(text, Members::capital);
      case "title" -> plain(text, Members::title);
      case "startswith" -> (Callable) (scope, given, named) -> any(given, text::startsWith);
      case "endswith" -> (Callable) (scope, given, named) -> any(given, text::endsWith);
      case "split" ->
          (Callable)
              (scope, given, named) ->
                  split(
                      text,
                      given.isEmpty() ? Nothing.NONE : given.get(0),
                      given.size() > 1 ? Values.whole(given.get(1)) : -1);
      case "replace" ->
          (Callable) (scope, given, named) -> replace(text, argument(given, 0), argument(given, 1));
      case "find" ->
          (Callable)
              (scope, given, named) -> (long) text.indexOf(Values.string(argument(given, 0)));
      case "join" -> (Callable) (scope, given, named) -> join(argument(given, 0), text);
      default -> Nothing.UNDEFINED;
    };
  }

  private static Callable plain(String text, Function<String, String> change) {
    return (scope, given, named) -> change.apply(text);
  }

  private static Callable stripping(String text, boolean left, boolean right) {
    return (scope, given, named) ->
        strip(text, given.isEmpty() ? Nothing.NONE : given.get(0), left, right);
  }

  /** Without characters at its ends: those of {@code of}, else blanks. */
  static String strip(String text, Object of, boolean left, boolean right) {
    if (of == Nothing.NONE) {
      String begun = left ? text.stripLeading() : text;
      return right ? begun.stripTrailing() : begun;
    }
    String characters = Values.string(of);
    int from = 0;
    int to = text.length();
    while (left && from < to && characters.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (right && to > from && characters.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean any(List<Object> given, Function<String, Boolean> holds) {
    Object wanted = argument(given, 0);
    List<Object> all = wanted instanceof List<?> ? Values.items(wanted) : List.of(wanted);
    return all.stream().anyMatch(one -> holds.apply(Values.string(one)));
  }

  private static List<Object> split(String text, Object by, long most) {
    List<Object> parts = new ArrayList<>();
    if (by == Nothing.NONE) {
      for (String word : text.strip().split("\\s+")) {
        if (!word.isEmpty()) {
          parts.add(word);
        }
      }
      return parts;
    }
    String between = Values.string(by);
    if (between.isEmpty()) {
      throw new TemplateFault("splits by the empty text, expected another");
    }
    int from = 0;
    for (int end = text.indexOf(between); end >= 0; end = text.indexOf(between, from)) {
      if (most >= 0 && parts.size() >= most) {
        break;
      }
      parts.add(text.substring(from, end));
      from = end + between.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  static String replace(String text, Object before, Object after) {
    String from = Values.string(before);
    String to = Values.string(after);
    Values.requireShort((text.length() + 1L) * Math.max(1, to.length()));
    return text.replace(from, to);
  }

  static String join(Object parts, String between) {
    String joined = "";
    String next = "";
    for (Object part : Values.items(parts)) {
      joined = Values.joined(joined, next + Values.text(part));
      next = between;
    }
    return joined;
  }

  static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  static String title(String text) {
    StringBuilder title = new StringBuilder();
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      title.append(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inWord = Character.isLetter(c);
    }
    return title.toString();
  }

  static Object argument(List<Object> given, int place) {
    if (place >= given.size()) {
      throw new TemplateFault("calls with %d values, expected %d", given.size(), place + 1);
    }
    return given.get(place);
  }
}
