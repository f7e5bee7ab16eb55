package dev.piecrust.cli;

import dev.piecrust.report.ExportFormat;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a campaign's results. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a campaign's results so far into a folder.")
final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "ID", description = "The campaign's id, as 'status' lists it.")
  private String id = "";

  @Option(
      names = "--format",
      defaultValue = "pie",
      description = "pie, csv, latex or jsonl (default: ${DEFAULT-VALUE}).")
  private String format = "pie";

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder.")
  private Path out = Path.of("");

  ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ExportFormat wanted = ExportFormat.of(format);
    return session.withCampaigns(
        campaigns -> {
          campaigns.export(id, wanted, out);
          session.terminal().out().println("Exported to " + out.toAbsolutePath().normalize());
          return ExitStatus.DONE.code();
        });
  }
}
