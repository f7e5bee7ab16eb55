package dev.piecrust.key;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A component of a record that is a {@link Key}.
 *
 * @param name the component's
 * @param type what it holds, without the {@code Optional}
 * @param optional whether it may hold nothing
 */
public record KeyComponent(
    String name, Type type, boolean optional, Key key, List<FormField> fields, Method accessor) {

  static KeyComponent of(RecordComponent component) {
    Type type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    Method accessor = component.getAccessor();
    accessor.setAccessible(true); // of records that tests keep to themselves
    return new KeyComponent(
        component.getName(),
        optional ? argument(type, 0) : type,
        optional,
        component.getAnnotation(Key.class),
        List.of(component.getAnnotationsByType(FormField.class)),
        accessor);
  }

  /** The names of the groups that it is in, from the record on, and its own. */
  public List<String> path() {
    return List.of(key.name().isEmpty() ? new String[] {snake(name)} : key.name().split("\\."));
  }

  static String snake(String component) {
    return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  /** The class of what it holds. */
  public Class<?> raw() {
    Type raw = type instanceof ParameterizedType generic ? generic.getRawType() : type;
    return (Class<?>) raw;
  }

  /** The class of its list's items, or of its map's values. */
  public Class<?> element() {
    return (Class<?>) argument(type, raw() == Map.class ? 1 : 0);
  }

  /** The class of its map's keys. */
  Class<?> index() {
    return (Class<?>) argument(type, 0);
  }

  private static Type argument(Type type, int at) {
    return ((ParameterizedType) type).getActualTypeArguments()[at];
  }

  /** Whether it holds, for each constant of an enum, a record that differs from its own. */
  public boolean variants() {
    return raw() == Map.class && Record.class.isAssignableFrom(element());
  }

  /** Whether it says that a word stands in the place of what another component holds. */
  public boolean wordAlone() {
    return !key.word().isEmpty() && isTruth(raw());
  }

  /** Its value in a record. */
  public Object get(Record of) {
    try {
      return accessor.invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(name + " of " + of.getClass() + " cannot be read", e);
    }
  }

  /** Whether it need not be written of a record, because its value is the usual one. */
  public boolean omitted(Record of) {
    return key.omitUsual()
        && RecordKeys.of(of.getClass())
            .usual(this, of)
            .filter(usual -> same(usual, get(of)))
            .isPresent();
  }

  private static boolean same(Object usual, Object value) {
    return usual instanceof BigDecimal number
        ? value instanceof BigDecimal other && number.compareTo(other) == 0
        : usual.equals(value);
  }

  /** What a spec may have under its key. */
  public SpecValue value() {
    Class<?> raw = raw();
    if (raw == List.class) {
      return Record.class.isAssignableFrom(element())
          ? new SpecValue.Groups(RecordKeys.of(element()).keys(), words(key.expected()))
          : new SpecValue.Items(single(element()), words(key.expected()));
    }
    return Record.class.isAssignableFrom(raw) ? group("") : single(raw);
  }

  /** What a number may be, or each of a list; empty where it holds none. */
  Optional<SpecValue> number() {
    Class<?> single = raw() == List.class ? element() : raw();
    return Optional.of(single).filter(one -> isWhole(one) || isDecimal(one)).map(this::single);
  }

  /** A group of keys, or a word in its place. */
  SpecValue.Group group(String word) {
    SpecKeys keys = RecordKeys.of(raw()).keys();
    String words = key.example().isEmpty() ? "keys: " + keys : key.example();
    return new SpecValue.Group(keys, word.isEmpty() ? words : word + ", or " + words, false, word);
  }

  private SpecValue single(Class<?> raw) {
    if (isWhole(raw)) {
      SpecValue.Whole whole =
          raw == long.class
              ? Interval.of(key.in()).whole(Long.MIN_VALUE, Long.MAX_VALUE)
              : Interval.of(key.in()).whole(Integer.MIN_VALUE, Integer.MAX_VALUE);
      return key.word().isEmpty() ? whole : new SpecValue.WholeOr(whole, key.word());
    } else if (isDecimal(raw)) {
      return Interval.of(key.in()).decimal(key.unit());
    } else if (isTruth(raw)) {
      return new SpecValue.Truth();
    } else if (raw.isEnum()) {
      return new SpecValue.Choice(labels(raw));
    } else if (raw == String.class) {
      return new SpecValue.Text(key.pattern(), words(key.expected()));
    }
    return new SpecValue.Free(words(key.expected()));
  }

  private static boolean isWhole(Class<?> raw) {
    return raw == int.class || raw == Integer.class || raw == long.class;
  }

  private static boolean isDecimal(Class<?> raw) {
    return raw == double.class || raw == Double.class || raw == BigDecimal.class;
  }

  private static boolean isTruth(Class<?> raw) {
    return raw == boolean.class || raw == Boolean.class;
  }

  private String words(String expected) {
    return key.example().isEmpty() ? expected : expected + ", such as " + key.example();
  }

  /** The names of an enum's constants, in their order. */
  static List<String> labels(Class<?> type) {
    return constants(type).map(Labelled::label).toList();
  }

  private static Stream<Labelled> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(Labelled.class::cast);
  }

  /** The default of a preset, where it is a value. */
  Optional<Object> standard(int preset) {
    String[] usual = key.usual();
    return usual.length == 0
        ? Optional.empty()
        : Optional.of(parse(type, usual[Math.min(preset, usual.length - 1)]));
  }

  private Object parse(Type of, String written) {
    if (of instanceof ParameterizedType) {
      String items = written.substring(1, written.length() - 1);
      return Stream.of(items.split(", ")).map(item -> parse(element(), item)).toList();
    } else if (of == int.class || of == Integer.class) {
      return written.equals(key.word()) ? (Object) Integer.MAX_VALUE : Integer.valueOf(written);
    } else if (of == long.class) {
      return Long.valueOf(written);
    } else if (of == double.class || of == Double.class) {
      return Double.valueOf(written);
    } else if (of == BigDecimal.class) {
      return new BigDecimal(written);
    } else if (of == boolean.class || of == Boolean.class) {
      return Boolean.valueOf(written);
    }
    return constants((Class<?>) of)
        .filter(constant -> constant.label().equals(written))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(written + " is no default of " + name));
  }

  /** What it is for, and what a list chooses from. */
  String purpose() {
    return raw() == List.class && element().isEnum()
        ? "%s Any of %s.".formatted(key.value(), String.join(", ", labels(element())))
        : key.value();
  }

  /** What holds where it is left out, in words. */
  String usual(List<String> presets) {
    String[] usual = key.usual();
    if (key.required()) {
      return SpecKey.REQUIRED;
    } else if (!key.otherwise().isEmpty()) {
      return key.otherwise();
    } else if (!key.as().isEmpty()) {
      return "as " + snake(key.as());
    } else if (usual.length == 0) {
      return SpecKey.NONE;
    }
    return usual.length == 1 ? usual[0] : byPreset(usual, presets);
  }

  private static String byPreset(String[] usual, List<String> presets) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < usual.length; i++) {
      words.append(i == 0 ? "" : ", ").append("%s (%s)".formatted(usual[i], presets.get(i)));
    }
    return words.toString();
  }
}
