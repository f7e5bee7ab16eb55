package dev.piecrust.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A command of a later release: it says which one. */
@Command(mixinStandardHelpOptions = true)
final class LaterCommand implements Callable<Integer> {
  private static final Map<String, String> RELEASES =
      new TreeMap<>(
          Map.of(
              "serve", "0.5",
              "fetch", "0.6"));

  private final Terminal terminal;
  private final String name;
  private final String release;

  private LaterCommand(Terminal terminal, String name, String release) {
    this.terminal = terminal;
    this.name = name;
    this.release = release;
  }

  /** Adds all of them to the command line. */
  static void addTo(CommandLine root, Terminal terminal) {
    RELEASES.forEach(
        (name, release) -> {
          CommandLine later = new CommandLine(new LaterCommand(terminal, name, release));
          later.setUnmatchedArgumentsAllowed(true);
          later.getCommandSpec().usageMessage().description("Comes with release " + release + ".");
          root.addSubcommand(name, later);
        });
  }

  @Override
  public Integer call() {
    terminal
        .err()
        .printf("piecrust: '%s' comes with release %s; this is %s%n", name, release, Root.VERSION);
    return ExitStatus.USER_ERROR.code();
  }
}
