package dev.piecrust.spec;

import dev.piecrust.key.FormField;
import dev.piecrust.key.SpecKey;
import dev.piecrust.key.SpecKeys;
import dev.piecrust.key.SpecValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The form for a new campaign: the keys of a spec that have a {@link FormField}. */
public final class SpecForm {
  private SpecForm() {}

  /** How a field is filled in. */
  public enum Kind {
    /** A line of text, or a list of numbers. */
    TEXT,
    /** A whole number. */
    WHOLE,
    /** A number. */
    DECIMAL,
    /** One of a few names. */
    CHOICE,
    /** Some of a few names. */
    CHECKS
  }

  /**
   * A field.
   *
   * @param path of its key, as {@link SpecEditor} takes it
   * @param usual the value that holds where it is left empty, if that is always the same
   * @param choices the names to choose from, or none
   * @param wide whether it takes a line of its own
   * @param none what choosing none of them is called; absent where one must be chosen
   */
  public record Field(
      String path,
      String label,
      String help,
      Kind kind,
      Optional<Object> usual,
      List<String> choices,
      Optional<String> none,
      boolean wide) {
    /** A name for the field among those of its page. */
    public String id() {
      return "f-" + path.replaceAll("[.\\[\\]]+", "-");
    }

    /** Whether it is a box for each choice. */
    public boolean checks() {
      return kind == Kind.CHECKS;
    }

    /** How a device with keys on its screen lets it be typed. */
    public String keyboard() {
      return switch (kind) {
        case WHOLE -> "numeric";
        case DECIMAL -> "decimal";
        default -> "text";
      };
    }
  }

  /**
   * Fields that belong together.
   *
   * @param optional whether a spec may have none of it
   * @param offer what it adds to one, in words; of what is optional alone
   * @param groups the keys at the top of a spec that they are below
   */
  public record Section(
      String legend, boolean optional, String offer, List<String> groups, List<Field> fields) {
    /** The group that it begins with. */
    public String name() {
      return groups.get(0);
    }

    /** All of them, as an attribute of a page has them. */
    public String joined() {
      return String.join(" ", groups);
    }
  }

  /** The sections of the form, in the order of a spec but for those that are early. */
  public static List<Section> sections() {
    return sections(SpecReader.KEYS);
  }

  /** All fields, in the order of a spec. */
  public static List<Field> fields() {
    return fields(SpecReader.KEYS);
  }

  static List<Field> fields(SpecKeys keys) {
    List<Field> fields = new ArrayList<>();
    keys.keys().forEach(key -> add("", "", key, fields));
    return fields;
  }

  /** A group with a label begins a section; fields before the first belong to it. */
  private static List<Section> sections(SpecKeys keys) {
    List<Section> sections = new ArrayList<>();
    List<Field> first = new ArrayList<>();
    Optional<Section> current = Optional.empty();
    for (SpecKey key : keys.keys()) {
      boolean group = key.value() instanceof SpecValue.Group;
      boolean list = key.value() instanceof SpecValue.Groups;
      if ((group || list) && !key.fields().isEmpty()) {
        FormField field = key.fields().get(0);
        Section section =
            new Section(
                field.value(),
                group && !key.required() && !key.usual().equals(SpecKey.NONE),
                field.help(),
                new ArrayList<>(),
                new ArrayList<>(first));
        sections.add(field.early() ? 1 : sections.size(), section);
        current = Optional.of(section);
        first.clear();
      }
      if (current.isEmpty()) {
        add("", "", key, first);
      } else {
        current.get().groups().add(key.name());
        add("", "", key, current.get().fields());
      }
    }
    return sections;
  }

  /**
   * @param of which item of a list, or value of a map, the key is in; empty for none
   */
  private static void add(String prefix, String of, SpecKey key, List<Field> fields) {
    String path = prefix + key.name();
    if (key.value() instanceof SpecValue.Group group) {
      group.keys().keys().forEach(k -> add(path + ".", group.told() ? key.name() : "", k, fields));
    } else if (key.value() instanceof SpecValue.Groups groups) {
      for (SpecKey own : groups.keys().keys()) {
        own.fields()
            .forEach(
                field ->
                    fields.add(
                        field("%s[%s].%s".formatted(path, field.of(), own.name()), own, field)));
      }
    } else {
      key.fields().stream()
          .filter(field -> field.of().equals(of))
          .forEach(field -> fields.add(field(path, key, field)));
    }
  }

  private static Field field(String path, SpecKey key, FormField field) {
    SpecValue value = key.value();
    Optional<SpecValue.Choice> choice =
        Optional.of(value instanceof SpecValue.Items items ? items.each() : value)
            .filter(SpecValue.Choice.class::isInstance)
            .map(SpecValue.Choice.class::cast);
    Kind kind = Kind.TEXT;
    if (choice.isPresent()) {
      kind = value instanceof SpecValue.Items ? Kind.CHECKS : Kind.CHOICE;
    } else if (value instanceof SpecValue.Whole) {
      kind = Kind.WHOLE;
    } else if (value instanceof SpecValue.Decimal) {
      kind = Kind.DECIMAL;
    }
    return new Field(
        path,
        field.value(),
        field.help(),
        kind,
        key.standard(),
        choice.map(SpecValue.Choice::names).orElse(List.of()),
        Optional.of(field.none().isEmpty() ? "default: " + key.usual() : field.none())
            .filter(none -> !key.required()),
        field.wide());
  }
}
