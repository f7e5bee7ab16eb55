package dev.piecrust.key;

import static dev.piecrust.failure.PieCrustException.user;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys that a record's components declare. */
public final class RecordKeys {
  private static final ClassValue<RecordKeys> ALL =
      new ClassValue<>() {
        @Override
        protected RecordKeys computeValue(Class<?> type) {
          return new RecordKeys(type);
        }
      };

  private final List<RecordComponent> parts;
  private final List<KeyComponent> components;

  /** What the number in each part may be, or nothing. */
  private final List<Optional<SpecValue>> numbers;

  private RecordKeys(Class<?> type) {
    this.parts = List.of(type.getRecordComponents());
    this.numbers = parts.stream().map(RecordKeys::number).toList();
    this.components =
        parts.stream()
            .filter(RecordKeys::isKey)
            .map(KeyComponent::of)
            .sorted(Comparator.comparing((KeyComponent component) -> !component.key().first()))
            .toList();
  }

  private static boolean isKey(RecordComponent part) {
    return part.isAnnotationPresent(Key.class);
  }

  private static Optional<SpecValue> number(RecordComponent part) {
    return isKey(part) ? KeyComponent.of(part).number() : Optional.empty();
  }

  /** Those of a record's class. */
  public static RecordKeys of(Class<?> record) {
    return ALL.get(record);
  }

  /** The components that are keys, in the order of a spec. */
  public List<KeyComponent> components() {
    return components;
  }

  /** The keys, in the order of a spec. */
  public SpecKeys keys() {
    Map<String, SpecKey> keys = new LinkedHashMap<>();
    for (KeyComponent component : components) {
      if (component.key().inline()) {
        of(component.raw()).keys().keys().forEach(key -> keys.put(key.name(), key));
      } else if (component.variants()) {
        variants(component).forEach(key -> keys.put(key.name(), key));
      } else if (!component.wordAlone()) {
        add(keys, component);
      }
    }
    return new SpecKeys(List.copyOf(keys.values()));
  }

  private void add(Map<String, SpecKey> keys, KeyComponent component) {
    List<String> path = component.path();
    SpecKey key = key(component, path.get(path.size() - 1));
    if (path.size() == 1) {
      keys.put(key.name(), key);
      return;
    }
    List<SpecKey> all = new ArrayList<>();
    Optional.ofNullable(keys.get(path.get(0)))
        .map(group -> (SpecValue.Group) group.value())
        .ifPresent(group -> all.addAll(group.keys().keys()));
    all.add(key);
    SpecKeys group = new SpecKeys(all);
    SpecValue value = new SpecValue.Group(group, "keys: " + group, false, "");
    String purpose =
        Optional.ofNullable(keys.get(path.get(0)))
            .map(SpecKey::purpose)
            .orElse(component.key().group());
    keys.put(path.get(0), plain(path.get(0), value, SpecKey.NONE, purpose));
  }

  private SpecKey key(KeyComponent component, String name) {
    Optional<String> word =
        components.stream()
            .filter(other -> other.wordAlone() && other.path().equals(component.path()))
            .map(other -> other.key().word())
            .findFirst();
    return new SpecKey(
        name,
        word.<SpecValue>map(component::group).orElseGet(component::value),
        component.usual(presets()),
        component.purpose(),
        component.key().usual().length == 1 ? component.standard(0) : Optional.empty(),
        component.key().example(),
        component.fields());
  }

  private static SpecKey plain(String name, SpecValue value, String usual, String purpose) {
    return new SpecKey(name, value, usual, purpose, Optional.empty(), "", List.of());
  }

  /** The names of what the first component chooses among. */
  private List<String> presets() {
    Class<?> first = components.get(0).raw();
    return first.isEnum() ? KeyComponent.labels(first) : List.of();
  }

  /** A group for each constant, whose keys are those of this record, and inherit from it. */
  private List<SpecKey> variants(KeyComponent component) {
    String inherited = "as " + component.key().as();
    List<SpecKey> keys = new ArrayList<>();
    for (KeyComponent own : components) {
      if (!own.variants() && !own.wordAlone() && !own.key().common()) {
        keys.add(key(own, own.path().get(0)).inheriting(inherited));
      }
    }
    SpecKeys group = new SpecKeys(keys);
    SpecValue value =
        new SpecValue.Group(group, "keys %s's: %s".formatted(inherited, group), true, "");
    return KeyComponent.labels(component.index()).stream()
        .map(label -> plain(label, value, inherited, component.key().value().formatted(label)))
        .toList();
  }

  /** What a component of a record would hold if its key were left out. */
  Optional<Object> usual(KeyComponent component, Record of) {
    return component.key().as().isEmpty()
        ? component.optional() ? Optional.of(Optional.empty()) : component.standard(0)
        : components.stream()
            .filter(other -> other.name().equals(component.key().as()))
            .map(other -> other.get(of))
            .findFirst();
  }

  /** The record whose keys are all left out. */
  public static <R extends Record> R usual(Class<R> record) {
    return make(record, Map.of()).orElseThrow();
  }

  /**
   * A record of these values, by component. One that is left out has its default; where these
   * differ by preset, that of the first component's value.
   *
   * @return empty where one is left out that has none
   */
  public static <R extends Record> Optional<R> make(Class<R> record, Map<String, ?> values) {
    return of(record).all(values).map(arguments -> of(record).make(record, arguments));
  }

  private Optional<Object[]> all(Map<String, ?> values) {
    int preset = Math.max(0, presets().indexOf(label(values.get(components.get(0).name()))));
    Map<String, Object> all = new HashMap<>(values);
    for (KeyComponent component : components) {
      if (!all.containsKey(component.name())) {
        standard(component, all, preset).ifPresent(value -> all.put(component.name(), value));
      }
    }
    List<Object> arguments = new ArrayList<>();
    for (RecordComponent part : parts) {
      Object value = all.get(part.getName());
      boolean optional = part.getType() == Optional.class;
      if (value == null && isKey(part)) {
        if (!optional) {
          return Optional.empty();
        }
        value = Optional.empty();
      } else if (value != null && optional && !(value instanceof Optional)) {
        value = Optional.of(value);
      }
      arguments.add(value);
    }
    return Optional.of(arguments.toArray());
  }

  private static String label(@Nullable Object value) {
    return value instanceof Labelled constant ? constant.label() : "";
  }

  private static Optional<?> standard(
      KeyComponent component, Map<String, Object> others, int preset) {
    if (!component.key().as().isEmpty() && !component.variants()) {
      return Optional.ofNullable(others.get(component.key().as()));
    } else if (component.optional()) {
      return Optional.empty();
    } else if (component.raw() == Map.class) {
      return Optional.of(Map.of());
    } else if (component.wordAlone()) {
      return Optional.of(false);
    }
    return Record.class.isAssignableFrom(component.raw()) && !component.key().required()
        ? make(component.raw().asSubclass(Record.class), Map.of())
        : component.standard(preset);
  }

  private <R extends Record> R make(Class<R> record, Object[] arguments) {
    Class<?>[] types = parts.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true); // of records that tests keep to themselves
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(record + " cannot be made", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(record + " cannot be made", e);
    }
  }

  /**
   * Refuses numbers outside of what their keys may hold; a record's constructor asks for it.
   *
   * @param path of the record in a spec, such as {@code prune.swap}
   * @param values of all components, in their order
   */
  public static void check(Class<? extends Record> record, String path, Object... values) {
    RecordKeys keys = of(record);
    if (values.length != keys.parts.size()) {
      throw new IllegalArgumentException(record + " has other components than these");
    }
    for (int i = 0; i < values.length; i++) {
      Optional<SpecValue> allowed = keys.numbers.get(i);
      if (allowed.isPresent()) {
        check(keys.parts.get(i), path, allowed.get(), values[i]);
      }
    }
  }

  private static void check(RecordComponent part, String path, SpecValue allowed, Object value) {
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(there -> check(part, path, allowed, there));
    } else if (value instanceof List<?> items) {
      items.forEach(item -> check(part, path, allowed, item));
    } else if (value instanceof Number number && !allows(allowed, number)) {
      String key = String.join(".", KeyComponent.of(part).path());
      throw user("%s.%s is %s, expected %s", path, key, value, allowed.words());
    }
  }

  private static boolean allows(SpecValue allowed, Number number) {
    if (allowed instanceof SpecValue.WholeOr either) {
      return number.intValue() == Integer.MAX_VALUE || either.whole().allows(number.longValue());
    } else if (allowed instanceof SpecValue.Whole whole) {
      return whole.allows(number.longValue());
    }
    return !(allowed instanceof SpecValue.Decimal decimal) || decimal.allows(number.doubleValue());
  }
}
