package dev.piecrust.cli;

import dev.piecrust.bench.command.BenchCommand;
import dev.piecrust.bench.command.BenchHost;
import dev.piecrust.bench.command.TrainDemoCommand;
import java.util.List;
import picocli.CommandLine;

/** Adds the commands of the module {@code bench}, which a release's archive goes without. */
final class BenchCommands {
  static final List<String> NAMES = List.of("bench", "train-demo");

  private static final String ONE_OF_THEM = "dev.piecrust.bench.command.BenchHost";

  private BenchCommands() {}

  static void addTo(CommandLine root, Session session) {
    if (areThere(BenchCommands.class.getClassLoader())) {
      Present.addTo(root, session);
    } else {
      NAMES.forEach(name -> root.addSubcommand(name, new SourceTreeCommand(name)));
    }
  }

  private static boolean areThere(ClassLoader loader) {
    try {
      Class.forName(ONE_OF_THEM, false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Loaded where they are there alone. */
  private static final class Present {
    static void addTo(CommandLine root, Session session) {
      BenchHost host = new SessionBenchHost(session);
      root.addSubcommand(new TrainDemoCommand(host)).addSubcommand(new BenchCommand(host));
    }
  }
}
