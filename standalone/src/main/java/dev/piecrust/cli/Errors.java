package dev.piecrust.cli;

import dev.piecrust.cli.terminal.Terminal;
import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.observe.EarlyLog;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong into one sentence and an exit status; stack traces go to the log. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

  /** Nobody may be at their terminals. */
  private static final Set<String> SERVICES = Set.of("serve", "worker");

  private static final String FULL = "the disk is full";

  private final Terminal terminal;
  private final Supplier<Path> log;

  Errors(Terminal terminal, Supplier<Path> log) {
    this.terminal = terminal;
    this.log = log;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof Follower.Stopped) {
      return ExitStatus.DONE.code(); // what stops the process decides its status
    }
    FailureCategory category = Failures.categoryOf(e);
    String sentence = explain(category, e);
    if (SERVICES.contains(command.getCommandName())) {
      EarlyLog.tell(log.get(), command.getCommandName() + " ends: " + sentence);
    }
    if (category == FailureCategory.USER) {
      terminal.err().println("piecrust: " + sentence);
    } else {
      LOG.info("{} failed", command.getCommandName(), e);
      terminal.err().println("piecrust: " + sentence + "; more in " + log.get());
    }
    return ExitStatus.of(category).code();
  }

  private static String explain(FailureCategory category, Exception e) {
    if (DiskFailures.isFull(e) && !Failures.sentence(e).contains(FULL)) {
      return "%s: %s, expected room there".formatted(FULL, Failures.sentence(e));
    }
    return category == FailureCategory.INTERNAL && !(e instanceof PieCrustException)
        ? "internal error: " + Failures.sentence(e)
        : Failures.sentence(e);
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    terminal.err().println("piecrust: " + sentence(e));
    return ExitStatus.USER_ERROR.code();
  }

  private static String sentence(ParameterException e) {
    String command = e.getCommandLine().getCommandName();
    String help = command.equals("piecrust") ? "--help" : command + " --help";
    return "%s (see './piecrust %s')".formatted(WrongArguments.sentence(e), help);
  }
}
