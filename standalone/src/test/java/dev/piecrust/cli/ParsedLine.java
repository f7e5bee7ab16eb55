package dev.piecrust.cli;

import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A command line as the program would take it, without doing what it says.
 *
 * @param problem why it would be refused; empty where it would not
 * @param drainSeconds its {@code --drain}, 0 where it has none
 */
public record ParsedLine(Optional<String> problem, int drainSeconds) {
  public static ParsedLine of(String... arguments) {
    CommandLine line =
        CommandLines.root(Session.withoutServer(arguments))
            .setCaseInsensitiveEnumValuesAllowed(true);
    try {
      ParseResult result = line.parseArgs(arguments);
      while (result.hasSubcommand()) {
        result = result.subcommand();
      }
      return result.commandSpec().userObject() instanceof Root
          ? new ParsedLine(Optional.of("no command"), 0)
          : new ParsedLine(Optional.empty(), drain(result));
    } catch (ParameterException e) {
      return new ParsedLine(Optional.of(String.valueOf(e.getMessage())), 0);
    }
  }

  private static int drain(ParseResult result) {
    var option = result.commandSpec().findOption("--drain");
    return option == null ? 0 : option.<Integer>getValue();
  }
}
