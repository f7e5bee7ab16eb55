package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.control.CampaignFinder;
import dev.piecrust.control.CampaignService;
import dev.piecrust.mlflow.MlflowAddress;
import dev.piecrust.mlflow.MlflowExport;
import dev.piecrust.mlflow.MlflowExport.Logged;
import dev.piecrust.mlflow.ScratchFolder;
import dev.piecrust.report.ExportFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a campaign's results. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a campaign's results so far into a folder, or logs them with MLflow.",
      "A campaign is one run of MLflow, however often it is logged. MLFLOW_TRACKING_TOKEN, or"
          + " MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, let it in there."
    })
final class ExportCommand implements Callable<Integer> {
  private static final String MLFLOW = "mlflow";

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
      paramLabel = "DIR",
      description = "Names the folder to write into, for all formats but mlflow.")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "URI",
      description = "Names MLflow's tracking server, such as http://127.0.0.1:5000.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      defaultValue = "piecrust",
      description = "Names MLflow's experiment (default: ${DEFAULT-VALUE}).")
  private String experiment = "piecrust";

  @Mixin private ServerOption server = new ServerOption();

  /** The names of all formats. */
  static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Stream.concat(
              Arrays.stream(ExportFormat.values()).map(ExportFormat::label), Stream.of(MLFLOW))
          .iterator();
    }
  }

  ExportCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (format.equals(MLFLOW)) {
      MlflowAddress address =
          MlflowAddress.of(
              to.orElseThrow(
                  () -> user("--to is missing, expected MLflow's address: --to http://…")),
              System.getenv());
      return session.withCampaigns(server, campaigns -> log(campaigns, address));
    }
    ExportFormat wanted = ExportFormat.of(format);
    Path folder =
        out.orElseThrow(() -> user("--out is missing, expected the folder to write into"));
    return session.withCampaigns(
        server,
        campaigns -> {
          campaigns.export(CampaignFinder.idOf(campaigns, id), wanted, folder);
          session.terminal().out().println("Exported to " + folder.toAbsolutePath().normalize());
          return ExitStatus.DONE.code();
        });
  }

  private int log(CampaignService campaigns, MlflowAddress address) {
    String campaign = CampaignFinder.idOf(campaigns, id);
    try (ScratchFolder scratch = ScratchFolder.open()) {
      Logged logged =
          new MlflowExport(campaigns, address).log(campaign, experiment, scratch.folder());
      session
          .terminal()
          .out()
          .printf(
              "%s a run of MLflow: %s%n", logged.renewed() ? "Renewed" : "Logged", logged.page());
      logged
          .filesLeftOut()
          .ifPresent(
              place ->
                  session
                      .terminal()
                      .err()
                      .printf(
                          "piecrust: the server keeps files at %s and takes none itself, so that"
                              + " tables and the report are not there%n",
                          place));
      return ExitStatus.DONE.code();
    }
  }
}
