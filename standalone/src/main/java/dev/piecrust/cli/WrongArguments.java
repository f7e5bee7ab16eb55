package dev.piecrust.cli;

import static java.util.stream.Collectors.joining;

import dev.piecrust.input.Quote;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the arguments of a command, in the program's words and not the parser's. */
final class WrongArguments {
  private WrongArguments() {}

  /** One sentence: which argument, what is wrong with it, and what was expected. */
  static String sentence(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(command, unmatched);
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(command, missing.getMissing().get(0));
    }
    if (e instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice, expected it once";
    }
    ArgSpec argument = e.getArgSpec();
    if (argument != null) {
      return "%s is '%s', expected %s"
          .formatted(name(argument), Quote.of(String.valueOf(e.getValue())), expected(argument));
    }
    return command.subcommands().isEmpty()
        ? "%s has other arguments than were expected: %s".formatted(command.name(), form(command))
        : "%s has no command, expected %s".formatted(command.name(), commands(command));
  }

  private static String unknown(CommandSpec command, UnmatchedArgumentException e) {
    String given = e.getUnmatched().get(0);
    String guess =
        e.getSuggestions().stream().findFirst().map("; did you mean '%s'?"::formatted).orElse("");
    String shown = Quote.of(given);
    if (e.isUnknownOption()) {
      return "'%s' is no option of %s, expected %s%s"
          .formatted(shown, command.name(), options(command), guess);
    }
    return command.subcommands().isEmpty()
        ? "'%s' is one argument too many, expected %s".formatted(shown, form(command))
        : "'%s' is no command, expected %s%s".formatted(shown, commands(command), guess);
  }

  private static String missing(CommandSpec command, ArgSpec argument) {
    return argument.isOption()
        ? "%s or its value is missing, expected %s %s"
            .formatted(name(argument), name(argument), argument.paramLabel())
        : "%s is missing, expected %s".formatted(name(argument), form(command));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  private static String expected(ArgSpec argument) {
    Class<?> type = argument.auxiliaryTypes()[0];
    if (type == int.class || type == Integer.class || type == long.class) {
      return "a whole number";
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(value -> value.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
          .collect(joining(", ", "one of ", ""));
    }
    if (type == boolean.class || type == Boolean.class) {
      return "it without a value";
    }
    if (type == LocalDate.class) {
      return "a day such as 2026-11-28";
    }
    return type == Path.class ? "the path of a file or a folder" : argument.paramLabel();
  }

  /** The command with the arguments that it must have. */
  private static String form(CommandSpec command) {
    List<PositionalParamSpec> arguments = command.positionalParameters();
    return "'"
        + command.name()
        + arguments.stream().map(argument -> " " + argument.paramLabel()).collect(joining())
        + "'";
  }

  private static String options(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .sorted()
        .collect(joining(", ", "one of ", ""));
  }

  private static String commands(CommandSpec command) {
    return command.subcommands().keySet().stream().collect(joining(", ", "one of ", ""));
  }
}
