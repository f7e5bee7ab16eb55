package dev.piecrust.cli;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.cli.Session.Running;
import dev.piecrust.cli.terminal.Outcome;
import dev.piecrust.control.CampaignService;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.train.TrainReport;
import java.nio.file.Path;
import java.util.Optional;

/** Starts or continues a campaign, follows it to its end, and shows what came out. */
final class CampaignRun {
  private final Session session;
  private final CampaignSpec spec;
  private final Path out;
  private final boolean fresh;
  private final boolean tables;
  private final Optional<ServerOption> server;

  /**
   * @param out where the exports go
   * @param fresh whether earlier results are forgotten first
   * @param tables whether the tables are printed too
   * @param server where the command may run it
   */
  CampaignRun(
      Session session,
      CampaignSpec spec,
      Path out,
      boolean fresh,
      boolean tables,
      Optional<ServerOption> server) {
    this.session = session;
    this.spec = spec;
    this.out = out;
    this.fresh = fresh;
    this.tables = tables;
    this.server = server;
  }

  /** Stays until the campaign has ended. */
  int toTheEnd(Running running) {
    String id = running.campaigns().submit(spec, fresh);
    session.terminal().err().println("campaign " + id);
    session
        .entrance()
        .ifPresent(address -> session.terminal().err().println("its pages: " + address));
    Thread goodbye = new Thread(() -> sayThatItContinues(id));
    if (running.here()) {
      Runtime.getRuntime().addShutdownHook(goodbye);
    }
    CampaignStatus end = new Follower(session, running.campaigns()).follow(id);
    if (running.here()) {
      Runtime.getRuntime().removeShutdownHook(goodbye);
    }
    return show(running.campaigns(), end);
  }

  /** Starts it in the process that owns the home, and leaves it there. */
  int inTheBackground(CampaignService campaigns) {
    String id = campaigns.submit(spec, fresh);
    session
        .terminal()
        .out()
        .printf("campaign %s runs in another process; './piecrust watch %s' follows it%n", id, id);
    return ExitStatus.DONE.code();
  }

  private int show(CampaignService campaigns, CampaignStatus end) {
    ExitStatus status = CampaignEnd.statusOf(end);
    if (CampaignEnd.hasResults(end) && spec.tasks().isEmpty()) {
      Path folder = Path.of(spec.subject().transcoder());
      session.terminal().out().println("Trained " + folder);
      TrainReport.read(folder)
          .map(TrainReport::sentence)
          .ifPresent(session.terminal().out()::println);
    } else if (CampaignEnd.hasResults(end)) {
      campaigns.export(end.id(), ExportFormat.PIE, out);
      session.terminal().out().println("Exported to " + out.toAbsolutePath().normalize());
      Outcome.print(session.terminal(), campaigns, end, tables, session.way(server, end.id()));
    }
    if (!CampaignEnd.hasResults(end) || status == ExitStatus.PAUSED_FOR_BUDGET) {
      session.terminal().err().println("piecrust: " + CampaignEnd.sentence(end));
    }
    return status.code();
  }

  private void sayThatItContinues(String id) {
    session
        .terminal()
        .err()
        .printf("%nStopped. Campaign %s continues when PieCrust starts again.%n", id);
  }
}
