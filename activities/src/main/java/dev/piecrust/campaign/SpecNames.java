package dev.piecrust.campaign;

import dev.piecrust.text.CleanText;
import java.util.Optional;

/** Reads names of campaigns and tasks, which become parts of ids and file names. */
final class SpecNames {
  static final String EXPECTED = "up to 64 letters, digits, '.', '_' or '-'";

  private static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
  static final SpecValue VALUE = new SpecValue.Text(PATTERN, "a name of " + EXPECTED);

  /** As much of a wrong name as its author needs to know it again. */
  private static final int QUOTED = 80;

  private SpecNames() {}

  static boolean allow(String name) {
    return name.matches(PATTERN);
  }

  static String quotable(String name) {
    return CleanText.line(name, QUOTED);
  }

  static Optional<String> read(YamlMap map, String key, SpecProblems problems) {
    Optional<String> name = map.text(key);
    if (name.isPresent() && !allow(name.get())) {
      map.node(key)
          .ifPresent(
              node ->
                  problems.add(
                      node.getStartMark(),
                      map.path(key),
                      "'%s' is no name, expected %s".formatted(quotable(name.get()), EXPECTED)));
      return Optional.empty();
    }
    return name;
  }
}
