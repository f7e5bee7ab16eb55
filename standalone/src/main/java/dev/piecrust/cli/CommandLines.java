package dev.piecrust.cli;

import picocli.CommandLine;

/** The command line over a session. */
public final class CommandLines {
  private CommandLines() {}

  /** All commands, of this session. */
  static CommandLine root(Session session) {
    CommandLine root = new CommandLine(new Root(), new SessionFactory(session));
    BenchCommands.addTo(root, session);
    return root;
  }

  /** Runs one command and returns the exit status. */
  public static int execute(Session session, String... args) {
    CommandLine line = CommandGroups.in(root(session));
    Errors errors = new Errors(session.terminal(), session.home()::log);
    return line.setOut(session.terminal().outWriter())
        .setErr(session.terminal().errWriter())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExecutionExceptionHandler(errors)
        .setParameterExceptionHandler(errors)
        .execute(args.length == 0 ? new String[] {"--help"} : args);
  }
}
