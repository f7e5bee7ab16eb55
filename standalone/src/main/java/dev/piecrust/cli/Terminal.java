package dev.piecrust.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and errors
 * @param interactive whether a person watches {@code err}, so that lines may be redrawn
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive) {
  /** Set by the launcher, which can tell a terminal from a pipe under every JDK. */
  static final String PROPERTY = "piecrust.terminal";

  /** This process's streams, in UTF-8 whatever the machine's default is. */
  static Terminal ofThisProcess() {
    return new Terminal(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Boolean.getBoolean(PROPERTY));
  }

  PrintWriter outWriter() {
    return new PrintWriter(out, true, StandardCharsets.UTF_8);
  }

  PrintWriter errWriter() {
    return new PrintWriter(err, true, StandardCharsets.UTF_8);
  }
}
