package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Stands for a command that a release's archive goes without; the help does not list it. */
@Command(hidden = true)
final class SourceTreeCommand implements Callable<Integer> {
  private final String name;

  @Unmatched private List<String> arguments = new ArrayList<>();

  SourceTreeCommand(String name) {
    this.name = name;
  }

  @Override
  public Integer call() {
    throw user(
        "this archive of a release has no '%s', expected a source tree: there './piecrust %s' runs"
            + " it",
        name, String.join(" ", List.of(name, String.join(" ", arguments))).strip());
  }
}
