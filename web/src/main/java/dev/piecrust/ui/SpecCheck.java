package dev.piecrust.ui;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be said of a spec that somebody writes.
 *
 * @param spec its text
 * @param fields values of the form, by path
 * @param problems what is wrong
 * @param id of the campaign that it is; absent while something is wrong
 * @param existing what the campaign of this id is, where there is one already
 * @param paid whether it will cost money
 * @param cap in USD
 */
public record SpecCheck(
    String spec,
    Map<String, Object> fields,
    List<Problem> problems,
    Optional<String> id,
    Optional<String> existing,
    boolean paid,
    Optional<BigDecimal> cap) {
  public SpecCheck {
    fields = Map.copyOf(fields);
    problems = List.copyOf(problems);
  }

  /**
   * @param line from 1; 0 for the whole
   * @param path of the value; empty for the whole
   */
  public record Problem(int line, String path, String sentence) {}
}
