package dev.piecrust.supply;

/**
 * A published fault of a library.
 *
 * @param library {@code group:name}
 * @param from the first version that has it
 * @param fixed the first version that does not
 * @param summary what goes wrong
 */
record Advisory(String library, Version from, Version fixed, String id, String summary) {
  static Advisory of(String line) {
    String[] cells = line.split("\t");
    return new Advisory(cells[0], new Version(cells[1]), new Version(cells[2]), cells[3], cells[4]);
  }

  boolean affects(Component component) {
    Version version = new Version(component.version());
    return library.equals(component.library())
        && version.compareTo(from) >= 0
        && version.compareTo(fixed) < 0;
  }
}
