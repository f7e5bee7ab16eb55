package dev.piecrust.supply;

import java.util.List;

/**
 * A library that the program carries.
 *
 * @param library {@code group:name}
 * @param licences as it names them itself, ids where those are known
 */
record Component(String library, String version, List<String> licences) {}
