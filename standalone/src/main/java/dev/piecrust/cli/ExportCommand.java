package dev.piecrust.cli;

import dev.piecrust.report.ExportFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a campaign's results. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes a campaign's results so far into a folder.")
final class ExportCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "ID", description = CampaignFinder.DESCRIPTION)
  private String id = "";

  @Option(
      names = "--format",
      defaultValue = "pie",
      completionCandidates = Formats.class,
      description =
          "Names the format, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String format = "pie";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Names the folder to write into.")
  private Path out = Path.of("");

  @Mixin private ServerOption server = new ServerOption();

  /** The names of all formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(ExportFormat.values()).map(ExportFormat::label).iterator();
    }
  }

  ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    ExportFormat wanted = ExportFormat.of(format);
    return session.withCampaigns(
        server,
        campaigns -> {
          campaigns.export(CampaignFinder.idOf(campaigns, id), wanted, out);
          session.terminal().out().println("Exported to " + out.toAbsolutePath().normalize());
          return ExitStatus.DONE.code();
        });
  }
}
