package dev.piecrust.ui;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** What a person typed into a field, as the value it is: a number, a list or a text. */
final class Typed {
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,12}\\.\\d{1,12}");
  private static final Pattern NUMBERS = Pattern.compile("\\d+(\\s*[,;\\s]\\s*\\d+)+");

  private Typed() {}

  static Object of(Object given) {
    if (given instanceof List<?> list) {
      return list.stream().map(Typed::of).toList();
    }
    String text = given.toString().strip();
    if (NUMBERS.matcher(text).matches()) {
      return List.of(text.split("[,;\\s]+")).stream().map(Typed::of).toList();
    }
    if (WHOLE.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    return DECIMAL.matcher(text).matches() ? new BigDecimal(text) : text;
  }
}
