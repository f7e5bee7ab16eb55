package dev.piecrust.cli.terminal;

import dev.piecrust.campaign.Json;
import dev.piecrust.text.CleanText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Where a command writes. What it prints holds texts from files, servers and other people, so that
 * nothing printed moves the cursor, hides or turns round what stands beside it.
 */
public final class Terminal {
  /** Set by the launcher, which can tell a terminal from a pipe under every JDK. */
  static final String PROPERTY = "piecrust.terminal";

  /** Set by the launcher too: how wide the terminal is that the results go to. */
  static final String COLUMNS = "piecrust.columns";

  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;

  private final PrintStream plainOut;
  private final PrintStream plainErr;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean interactive;
  private final AtomicInteger notices = new AtomicInteger();

  /**
   * A terminal over two streams.
   *
   * @param out results
   * @param err progress and errors
   * @param interactive whether a person watches {@code err}, so that lines may be redrawn
   */
  public Terminal(PrintStream out, PrintStream err, boolean interactive) {
    this.plainOut = out;
    this.plainErr = err;
    this.out = CleanStream.over(out);
    this.err = CleanStream.over(err);
    this.interactive = interactive;
  }

  /** This process's streams, in UTF-8 whatever the machine's default is. */
  public static Terminal ofThisProcess() {
    return new Terminal(OUT, ERR, Boolean.getBoolean(PROPERTY));
  }

  /** From now on what others in this process print, such as stack traces, is clean too. */
  public static void cleanThisProcess() {
    System.setOut(CleanStream.over(OUT));
    System.setErr(CleanStream.over(ERR));
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  /** Tells something beside the progress, which goes on below it. */
  public void notice(String line) {
    err.println(line);
    notices.incrementAndGet();
  }

  /** How many lines were told beside the progress. */
  int notices() {
    return notices.get();
  }

  boolean interactive() {
    return interactive;
  }

  /** How wide the terminal is that the results go to; 0 where they go somewhere else. */
  public int columns() {
    return Integer.getInteger(COLUMNS, 0);
  }

  /** Prints a value as JSON of one meaning everywhere, hidden characters as escapes. */
  public void printJson(Object value) {
    out.println(CleanText.json(Json.write(value)));
  }

  /** Prints a value: as JSON, or in lines for people. */
  public void print(boolean json, Object value, Supplier<List<String>> lines) {
    if (json) {
      printJson(value);
    } else {
      lines.get().forEach(out::println);
    }
  }

  /** Sends a control sequence of this program's own. */
  void control(String sequence) {
    err.flush();
    plainErr.print(sequence);
    plainErr.flush();
  }

  /** For the help, which has bold letters on a terminal and no word from outside. */
  public PrintWriter outWriter() {
    return new PrintWriter(plainOut, true, StandardCharsets.UTF_8);
  }

  /** The same for the help of a command that was not understood. */
  public PrintWriter errWriter() {
    return new PrintWriter(plainErr, true, StandardCharsets.UTF_8);
  }
}
