package dev.piecrust.bench.command;

import dev.piecrust.bench.load.Homes;
import dev.piecrust.bench.orchestration.Plans;
import dev.piecrust.bench.web.PageServer;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.ToIntFunction;

/** The program that benchmarks are commands of. */
public interface BenchHost {
  /** Where results are printed. */
  PrintStream out();

  /** Where progress is printed. */
  PrintStream err();

  /** Prints a result as JSON. */
  void printJson(Object value);

  /** The folder of the checkout. */
  Path root();

  /** Does something beside the program's server, and returns the exit status. */
  int besideServer(ToIntFunction<PageServer> work);

  /** The program's homes. */
  Homes homes();

  /** The program's plans. */
  Plans plans();
}
