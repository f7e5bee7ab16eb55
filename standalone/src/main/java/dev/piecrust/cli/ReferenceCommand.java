package dev.piecrust.cli;

import dev.piecrust.reference.ConfigurationPage;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says what there is to configure. */
@Command(
    name = "reference",
    mixinStandardHelpOptions = true,
    description = "Prints every key of a spec and every environment variable, as Markdown.")
final class ReferenceCommand implements Callable<Integer> {
  private final Session session;

  ReferenceCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.terminal().out().print(ConfigurationPage.text());
    return ExitStatus.DONE.code();
  }
}
