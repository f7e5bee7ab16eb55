package dev.piecrust.bench.prune;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.Map;

/** Reads {@code PRESET[/DIVISOR][,NAME=NUMBER]…}. */
final class ShapeText {
  private ShapeText() {}

  static BenchShape read(String text) {
    String[] parts = text.split(",", -1);
    BenchShape preset = preset(parts[0]);
    Map<String, Integer> values = preset.values();
    for (int i = 1; i < parts.length; i++) {
      change(values, parts[i]);
    }
    return preset.with(values);
  }

  private static void change(Map<String, Integer> values, String text) {
    String[] pair = text.split("=", -1);
    if (pair.length != 2 || !values.containsKey(pair[0]) || !pair[1].matches("[0-9]{1,7}")) {
      throw user(
          "'%s' in the shape is wrong; expected NAME=NUMBER with one of %s", text, values.keySet());
    }
    int value = Integer.parseInt(pair[1]);
    if (value < 1 && !pair[0].equals("bf16")) {
      throw user("'%s' in the shape is wrong; expected 1 or more", text);
    }
    values.put(pair[0], value);
  }

  private static BenchShape preset(String text) {
    String[] parts = text.split("/", 2);
    BenchShape shape =
        Preset.labelled(parts[0])
            .orElseThrow(
                () ->
                    user(
                        "the shape '%s' is unknown; expected one of %s",
                        parts[0], BenchShape.names()));
    if (parts.length == 1) {
      return shape;
    }
    if (!parts[1].matches("[1-9][0-9]{0,3}")) {
      throw user(
          "'%s' is wrong; expected a shape divided by a number, such as %s/8", text, parts[0]);
    }
    return shape.dividedBy(Integer.parseInt(parts[1]));
  }
}
