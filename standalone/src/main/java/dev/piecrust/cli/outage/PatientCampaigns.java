package dev.piecrust.cli.outage;

import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.compare.Comparing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Campaigns that may be away for a while. What may be asked twice is asked again until it is
 * answered; a command that changes something is given once, since nobody knows whether one without
 * an answer has arrived.
 */
public final class PatientCampaigns implements CampaignService {
  private final Supplier<CampaignService> way;
  private final Patience patience;

  /**
   * @param way where the campaigns are now: a server that is started again may have another address
   */
  public PatientCampaigns(Supplier<CampaignService> way, Patience patience) {
    this.way = way;
    this.patience = patience;
  }

  @Override
  public PinnedSpec pin(CampaignSpec spec) {
    return patience.with(() -> way.get().pin(spec));
  }

  /** The same spec is the same campaign, however often it is submitted, unless it is to forget. */
  @Override
  public String submit(CampaignSpec spec, boolean fresh) {
    return fresh
        ? way.get().submit(spec, true)
        : patience.with(() -> way.get().submit(spec, false));
  }

  @Override
  public List<CampaignStatus> list() {
    return patience.with(() -> way.get().list());
  }

  @Override
  public List<CampaignCard> cards() {
    return patience.with(() -> way.get().cards());
  }

  @Override
  public Comparing compare(List<String> ids) {
    return patience.with(() -> way.get().compare(ids));
  }

  @Override
  public Optional<CampaignStatus> find(String id) {
    return patience.with(() -> way.get().find(id));
  }

  @Override
  public List<CampaignEvent> events(String id) {
    return patience.with(() -> way.get().events(id));
  }

  @Override
  public Spend spend(String id) {
    return patience.with(() -> way.get().spend(id));
  }

  @Override
  public ResultTable table(String id) {
    return patience.with(() -> way.get().table(id));
  }

  @Override
  public void export(String id, ExportFormat format, Path folder) {
    patience.with(
        () -> {
          way.get().export(id, format, folder);
          return folder;
        });
  }

  @Override
  public void pause(String id, String who) {
    way.get().pause(id, who);
  }

  @Override
  public void resume(String id, String who) {
    way.get().resume(id, who);
  }

  @Override
  public void finish(String id, String who) {
    way.get().finish(id, who);
  }

  @Override
  public void raiseBudget(String id, BigDecimal usd, String who) {
    way.get().raiseBudget(id, usd, who);
  }

  @Override
  public void retry(String id, String who) {
    way.get().retry(id, who);
  }

  @Override
  public void cancel(String id, String who) {
    way.get().cancel(id, who);
  }
}
