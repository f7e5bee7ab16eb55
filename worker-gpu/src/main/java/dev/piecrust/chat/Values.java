package dev.piecrust.chat;

import dev.piecrust.input.Quote;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What templates do with values, which are strings, {@link Long}, {@link Double}, booleans, lists,
 * maps, {@link Namespace}, {@link Callable} and {@link Nothing}.
 */
final class Values {
  private static final int LONGEST = 1 << 20;

  private Values() {}

  static boolean truth(Object value) {
    return value instanceof Boolean b
        ? b
        : value instanceof Number n
            ? n.doubleValue() != 0
            : value instanceof String s
                ? !s.isEmpty()
                : value instanceof List<?> l
                    ? !l.isEmpty()
                    : value instanceof Map<?, ?> m ? !m.isEmpty() : !(value instanceof Nothing);
  }

  static String text(Object value) {
    if (value instanceof Boolean b) {
      return b ? "True" : "False";
    }
    if (value == Nothing.NONE) {
      return "None";
    }
    if (value == Nothing.UNDEFINED) {
      return "";
    }
    if (value instanceof String || value instanceof Number) {
      return value.toString();
    }
    throw new TemplateFault("writes %s, expected a text or a number", kind(value));
  }

  static String string(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new TemplateFault("has %s, expected a text", kind(value));
  }

  static long whole(Object value) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof Boolean b) {
      return b ? 1 : 0;
    }
    throw new TemplateFault("has %s, expected a whole number", kind(value));
  }

  /** How errors call a value. */
  static String kind(Object value) {
    if (value == Nothing.UNDEFINED) {
      return "a value that is not defined";
    }
    if (value == Nothing.NONE) {
      return "none";
    }
    return value instanceof String text
        ? "'" + Quote.of(text) + "'"
        : value instanceof Number || value instanceof Boolean
            ? value.toString()
            : value instanceof List<?>
                ? "a list"
                : value instanceof Map<?, ?> ? "an object" : "a function";
  }

  /** What a loop goes through. */
  static List<Object> items(Object value) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof String text) {
      return new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
    }
    if (value == Nothing.UNDEFINED) {
      return new ArrayList<>();
    }
    throw new TemplateFault("goes through %s, expected a list", kind(value));
  }

  static long length(Object value) {
    return value instanceof String text
        ? text.codePointCount(0, text.length())
        : items(value).size();
  }

  static boolean equal(Object a, Object b) {
    if (numeric(a) && numeric(b)) {
      return number(a) == number(b);
    }
    return Objects.equals(a, b);
  }

  private static boolean numeric(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  private static double number(Object value) {
    return value instanceof Number n ? n.doubleValue() : whole(value);
  }

  static int order(Object a, Object b) {
    if (numeric(a) && numeric(b)) {
      return Double.compare(number(a), number(b));
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    throw new TemplateFault(
        "compares %s with %s, expected two numbers or two texts", kind(a), kind(b));
  }

  static boolean contains(Object all, Object one) {
    if (all instanceof String text) {
      return text.contains(string(one));
    }
    if (all instanceof Map<?, ?> map) {
      return map.containsKey(one);
    }
    return items(all).stream().anyMatch(item -> equal(item, one));
  }

  static Object add(Object a, Object b) {
    if (a instanceof String x && b instanceof String y) {
      return joined(x, y);
    }
    if (a instanceof List<?> && b instanceof List<?>) {
      List<Object> both = items(a);
      both.addAll(items(b));
      requireShort(both.size());
      return both;
    }
    return calculated("+", a, b);
  }

  static String joined(String a, String b) {
    requireShort((long) a.length() + b.length());
    return a + b;
  }

  static void requireShort(long length) {
    if (length > LONGEST) {
      throw new TemplateFault("makes a value of %d parts, expected at most %d", length, LONGEST);
    }
  }

  static Object calculated(String operator, Object a, Object b) {
    if (!numeric(a) || !numeric(b)) {
      throw new TemplateFault(
          "has %s %s %s, expected two numbers%s",
          kind(a), operator, kind(b), operator.equals("+") ? ", texts or lists" : "");
    }
    boolean whole = !(a instanceof Double) && !(b instanceof Double);
    if ("/%".contains(operator.substring(0, 1)) && number(b) == 0) {
      throw new TemplateFault("divides by 0, expected another number");
    }
    try {
      return switch (operator) {
        case "+" -> whole ? (Object) Math.addExact(whole(a), whole(b)) : number(a) + number(b);
        case "-" -> whole ? (Object) Math.subtractExact(whole(a), whole(b)) : number(a) - number(b);
        case "*" -> whole ? (Object) Math.multiplyExact(whole(a), whole(b)) : number(a) * number(b);
        case "/" -> number(a) / number(b);
        case "//" ->
            whole ? (Object) Math.floorDiv(whole(a), whole(b)) : Math.floor(number(a) / number(b));
        default -> Math.floorMod(whole(a), whole(b));
      };
    } catch (ArithmeticException e) {
      throw new TemplateFault("calculates with numbers that are too large, expected small ones");
    }
  }

  static Object item(Object value, Object key) {
    if (value instanceof Map<?, ?> map) {
      Object found = map.get(key);
      return found == null ? Nothing.UNDEFINED : found;
    }
    if (key instanceof Long place && (value instanceof List<?> || value instanceof String)) {
      List<Object> all = items(value);
      long from = place < 0 ? place + all.size() : place;
      return from >= 0 && from < all.size() ? all.get((int) from) : Nothing.UNDEFINED;
    }
    if (value == Nothing.UNDEFINED) {
      throw new TemplateFault("asks for a part of what is not defined, expected it to be");
    }
    return Nothing.UNDEFINED;
  }

  /** Python's {@code value[from:to:step]}. */
  static Object slice(Object value, Object from, Object to, Object step) {
    List<Object> all = items(value);
    long by = step == Nothing.NONE ? 1 : whole(step);
    if (by == 0) {
      throw new TemplateFault("takes every 0th part, expected another number");
    }
    int size = all.size();
    long first = bound(from, by > 0 ? 0 : size - 1L, size, by);
    long end = bound(to, by > 0 ? size : -1, size, by);
    List<Object> some = new ArrayList<>();
    for (long i = first; by > 0 ? i < end : i > end; i += by) {
      some.add(all.get((int) i));
    }
    return value instanceof String
        ? String.join("", some.stream().map(Values::text).toList())
        : some;
  }

  private static long bound(Object given, long otherwise, int size, long by) {
    if (given == Nothing.NONE) {
      return otherwise;
    }
    long place = whole(given);
    long from = place < 0 ? place + size : place;
    return by > 0 ? Math.max(0, Math.min(size, from)) : Math.max(-1, Math.min(size - 1L, from));
  }
}
