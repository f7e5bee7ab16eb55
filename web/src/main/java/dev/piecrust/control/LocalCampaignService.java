package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignIds;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.Reports;
import dev.piecrust.report.ResultTable;
import dev.piecrust.store.CampaignStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Acts on the database itself and, where workflows can run, on their workflows. */
public final class LocalCampaignService implements CampaignService {
  private final CampaignStore campaigns;
  private final Reports reports;
  private final Optional<CampaignWorkflows> workflows;

  /**
   * @param workflows absent where nobody runs workflows; then nothing can be started, and what is
   *     cancelled is cancelled in the database
   */
  public LocalCampaignService(
      CampaignStore campaigns, Reports reports, Optional<CampaignWorkflows> workflows) {
    this.campaigns = campaigns;
    this.reports = reports;
    this.workflows = workflows;
  }

  @Override
  public String submit(CampaignSpec spec, boolean fresh) {
    CampaignWorkflows running =
        workflows.orElseThrow(
            () -> user("campaign %s cannot start here, because no worker runs", spec.name()));
    String id = CampaignIds.of(spec);
    if (fresh) {
      forget(id);
    }
    campaigns.create(id, spec);
    CampaignState state = campaigns.status(id).state();
    if (state == CampaignState.FINISHED || state == CampaignState.FINISHED_WITH_FAILURES) {
      return id;
    }
    if (state.ended()) {
      campaigns.enter(id, CampaignState.QUEUED, "started again");
    }
    running.start(id);
    return id;
  }

  /** Starts every campaign that was open when the last process ended; returns their ids. */
  public List<String> continueOpen() {
    List<String> open = campaigns.openIds();
    workflows.ifPresent(running -> open.forEach(running::start));
    return open;
  }

  @Override
  public List<CampaignStatus> list() {
    return campaigns.list();
  }

  @Override
  public Optional<CampaignStatus> find(String id) {
    return campaigns.find(id);
  }

  @Override
  public List<CampaignEvent> events(String id) {
    return campaigns.events(id);
  }

  @Override
  public void cancel(String id, String who) {
    CampaignState state = campaigns.status(id).state();
    if (state.ended()) {
      throw user("campaign %s is %s already", id, state.words());
    }
    campaigns.event(id, "cancel", "asked to stop", who);
    boolean told = workflows.isPresent() && workflows.get().cancel(id, who);
    if (!told) {
      campaigns.enter(id, CampaignState.CANCELLED, "cancelled by " + who);
    }
  }

  @Override
  public ResultTable table(String id) {
    return reports.table(id);
  }

  @Override
  public void export(String id, ExportFormat format, Path folder) {
    reports.export(id, format, folder);
  }

  private void forget(String id) {
    Optional<CampaignStatus> there = campaigns.find(id);
    if (there.isPresent() && !there.get().state().ended()) {
      throw user(
          "campaign %s is %s, expected it to have ended before it starts afresh; cancel it first",
          id, there.get().state().words());
    }
    campaigns.delete(id);
  }
}
