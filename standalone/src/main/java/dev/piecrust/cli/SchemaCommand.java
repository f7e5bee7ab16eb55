package dev.piecrust.cli;

import dev.piecrust.spec.SpecSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Prints the schema from which editors complete and check specs. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Prints the JSON Schema of campaign specs, for editors.")
final class SchemaCommand implements Callable<Integer> {
  private final Session session;

  SchemaCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    session.terminal().out().print(SpecSchema.json());
    return ExitStatus.DONE.code();
  }
}
