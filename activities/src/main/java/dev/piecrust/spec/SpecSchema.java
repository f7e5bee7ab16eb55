package dev.piecrust.spec;

import dev.piecrust.campaign.Json;
import dev.piecrust.input.InputYaml;
import dev.piecrust.key.Labelled;
import dev.piecrust.key.SpecKey;
import dev.piecrust.key.SpecKeys;
import dev.piecrust.key.SpecValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link SpecReader} reads as a JSON Schema of draft 2020-12, from which editors complete and
 * check specs. It knows single keys; how they depend on each other is told by the reader.
 */
public final class SpecSchema {
  private SpecSchema() {}

  /** The schema as JSON of several lines, in the order of a spec. */
  public static String json() {
    return json(SpecReader.KEYS);
  }

  static String json(SpecKeys keys) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A campaign of PieCrust");
    schema.putAll(group(keys));
    return Json.lines(schema);
  }

  private static Map<String, Object> group(SpecKeys keys) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (SpecKey key : keys.keys()) {
      properties.put(key.name(), key(key));
      if (key.required()) {
        required.add(key.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private static Map<String, Object> key(SpecKey key) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", description(key));
    schema.putAll(value(key.value()));
    key.standard().ifPresent(usual -> schema.put("default", plain(usual)));
    if (key.value() instanceof SpecValue.Items) {
      schema.put("examples", List.of(new InputYaml("key", "an example").load(key.example())));
    }
    return schema;
  }

  private static Object plain(Object value) {
    if (value instanceof List<?> items) {
      return items.stream().map(SpecSchema::plain).toList();
    }
    return value instanceof Labelled constant ? constant.label() : value;
  }

  private static String description(SpecKey key) {
    String usual = key.usual();
    boolean said = key.required() || usual.equals(SpecKey.NONE);
    return said ? key.purpose() : key.purpose() + " Default: " + usual + ".";
  }

  /** YAML reads some words as what is no text. */
  private static List<Object> words(List<String> names) {
    List<Object> words = new ArrayList<>(names);
    for (boolean truth : new boolean[] {true, false}) {
      if (names.contains(String.valueOf(truth))) {
        words.add(truth);
      }
    }
    return words;
  }

  private static Map<String, Object> value(SpecValue value) {
    if (value instanceof SpecValue.Whole whole) {
      return whole(whole);
    } else if (value instanceof SpecValue.Decimal decimal) {
      return decimal(decimal);
    } else if (value instanceof SpecValue.Choice choice) {
      return Map.of("enum", words(choice.names()));
    } else if (value instanceof SpecValue.Truth) {
      return Map.of("type", "boolean");
    } else if (value instanceof SpecValue.Text text) {
      return text(text);
    } else if (value instanceof SpecValue.Items items) {
      return list(value(items.each()));
    } else if (value instanceof SpecValue.WholeOr either) {
      return or(value(either.whole()), either.word());
    } else if (value instanceof SpecValue.Group group) {
      Map<String, Object> keys = group(group.keys());
      return group.instead().isEmpty() ? keys : or(keys, group.instead());
    } else if (value instanceof SpecValue.Groups groups) {
      return list(group(groups.keys()));
    }
    return Map.of("type", "object");
  }

  private static Map<String, Object> whole(SpecValue.Whole whole) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "integer");
    schema.put("minimum", whole.least());
    schema.put("maximum", whole.most());
    return schema;
  }

  private static Map<String, Object> decimal(SpecValue.Decimal decimal) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "number");
    if (Double.isFinite(decimal.least())) {
      schema.put(decimal.above() ? "exclusiveMinimum" : "minimum", decimal.least());
    }
    if (Double.isFinite(decimal.most())) {
      schema.put(decimal.below() ? "exclusiveMaximum" : "maximum", decimal.most());
    }
    return schema;
  }

  private static Map<String, Object> text(SpecValue.Text text) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    if (!text.pattern().isEmpty()) {
      schema.put("pattern", "^" + text.pattern() + "$");
    }
    return schema;
  }

  private static Map<String, Object> list(Map<String, Object> item) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", item);
    schema.put("minItems", 1);
    return schema;
  }

  private static Map<String, Object> or(Map<String, Object> schema, String word) {
    return Map.of("anyOf", List.of(schema, Map.of("const", word)));
  }
}
