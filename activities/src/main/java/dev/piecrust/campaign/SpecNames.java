package dev.piecrust.campaign;

import java.util.Optional;

/** Reads names of campaigns and tasks, which become parts of ids and file names. */
final class SpecNames {
  static final String EXPECTED = "up to 64 letters, digits, '.', '_' or '-'";

  private SpecNames() {}

  static Optional<String> read(YamlMap map, String key, SpecProblems problems) {
    Optional<String> name = map.text(key);
    if (name.isPresent() && !name.get().matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      map.node(key)
          .ifPresent(
              node ->
                  problems.add(
                      node.getStartMark(),
                      map.path(key),
                      "'%s' is no name, expected %s".formatted(name.get(), EXPECTED)));
      return Optional.empty();
    }
    return name;
  }
}
