package dev.piecrust.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks what the program needs of the machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks Java, memory, disk, device, engine, Temporal, database and artifacts.")
final class DoctorCommand implements Callable<Integer> {
  private final Session session;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  DoctorCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    List<Finding> findings = new Checks(session.home()).all();
    PrintStream out = session.terminal().out();
    if (json) {
      out.println(dev.piecrust.campaign.Json.write(findings));
    } else {
      findings.forEach(finding -> out.println(finding.line()));
    }
    return findings.stream().allMatch(Finding::ok)
        ? ExitStatus.DONE.code()
        : ExitStatus.USER_ERROR.code();
  }
}
