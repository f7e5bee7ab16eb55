package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.RecentPins;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.Reports;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.ledger.Accounts;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.store.process.ModelLoad;
import dev.piecrust.store.process.WorkerProcesses;
import dev.piecrust.store.rate.Endpoints;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.CampaignCards;
import dev.piecrust.view.campaign.Conditions;
import dev.piecrust.view.campaign.LiveRates;
import dev.piecrust.view.compare.CompareViews;
import dev.piecrust.view.compare.Comparing;
import dev.piecrust.view.left.TimesLeft;
import dev.piecrust.workflow.campaign.SelfPause;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Acts on the database itself and, where workflows can run, on their workflows. */
public final class LocalCampaignService implements CampaignService {
  private static final Set<CampaignState> FINISHED =
      EnumSet.of(CampaignState.FINISHED, CampaignState.FINISHED_WITH_FAILURES);

  private final CampaignStore campaigns;
  private final WorkerProcesses processes;
  private final Endpoints endpoints;
  private final Accounts accounts;
  private final Reports reports;
  private final Optional<CampaignWorkflows> workflows;
  private final CampaignSteering steering;
  private final SpecPins pins;
  private final TrainedHere trained;
  private final CampaignCards cards;
  private final CompareViews comparing;

  /**
   * @param workflows absent where nobody runs workflows; then nothing can be started, and commands
   *     change the database alone
   */
  public LocalCampaignService(
      Stores stores, Reports reports, Optional<CampaignWorkflows> workflows) {
    this(stores, reports, workflows, new RecentPins(HubFolders.ofThisProcess(), System::nanoTime));
  }

  LocalCampaignService(
      Stores stores,
      Reports reports,
      Optional<CampaignWorkflows> workflows,
      UnaryOperator<HubRef> pins) {
    this.pins = new SpecPins(pins, stores.campaigns());
    this.campaigns = stores.campaigns();
    this.trained = new TrainedHere(this, campaigns);
    this.processes = stores.processes();
    this.endpoints = stores.endpoints();
    this.accounts = stores.accounts();
    this.reports = reports;
    this.workflows = workflows;
    this.cards =
        new CampaignCards(stores, new LiveRates(), new Conditions(stores), new TimesLeft(stores));
    this.comparing = new CompareViews(stores);
    this.steering =
        new CampaignSteering(
            campaigns,
            accounts,
            new CampaignEnding(campaigns, stores.features(), reports),
            workflows);
  }

  @Override
  public PinnedSpec pin(CampaignSpec spec) {
    PinnedSpec pinned = pins.pin(trained.inItsFolder(spec));
    return keptCap(pinned).map(pinned::noticing).orElse(pinned);
  }

  /**
   * What to know of a campaign under way that has a lower cap: money is raised by the command
   * alone, for which not everybody has the right. One that has ended may start afresh, with the new
   * cap.
   */
  private Optional<String> keptCap(PinnedSpec pinned) {
    Optional<BigDecimal> wanted = pinned.spec().limits().usd();
    return campaigns
        .find(pinned.id())
        .filter(status -> !status.state().ended())
        .flatMap(status -> accounts.cap(status.id()))
        .filter(cap -> wanted.filter(usd -> usd.compareTo(cap) > 0).isPresent())
        .map(
            cap ->
                "campaign %1$s keeps its cap of %2$s USD; ./piecrust budget %1$s --usd %3$s raises it"
                    .formatted(
                        pinned.id(), cap.toPlainString(), wanted.orElseThrow().toPlainString()));
  }

  @Override
  public String submit(CampaignSpec spec, boolean fresh) {
    CampaignWorkflows running =
        workflows.orElseThrow(
            () -> user("campaign %s cannot start here, expected a worker that runs", spec.name()));
    PinnedSpec pinned = pin(spec);
    String id = pinned.id();
    if (fresh) {
      forget(id);
    }
    boolean known = !create(pinned);
    if (fresh && spec.tasks().isEmpty()) { // with tasks, what was trained is what is studied
      campaigns.event(id, CampaignStore.AFRESH_EVENT, "asked to train anew", "piecrust");
    }
    CampaignStatus status = campaigns.status(id);
    CampaignState state = status.state();
    if (known && !FINISHED.contains(state)) { // what has finished says what it ran with
      campaigns.rates(id, spec.limits());
    }
    if (isLeftAsItIs(status)) {
      return id;
    }
    if (state.ended()) {
      campaigns.enter(id, CampaignState.QUEUED, "started again");
    }
    running.start(id);
    return id;
  }

  /**
   * Records the campaign of a spec for somebody who starts it. There is one of each name: a second
   * time gives the first one, wherever repositories have moved to meanwhile.
   *
   * @param who wants it, for its events
   * @return its id
   */
  String recordOnce(CampaignSpec spec, String who) {
    return campaigns.list().stream()
        .filter(known -> known.name().equals(spec.name()))
        .map(CampaignStatus::id)
        .findFirst()
        .orElseGet(
            () -> {
              PinnedSpec pinned = pin(spec);
              if (create(pinned)) {
                campaigns.event(pinned.id(), "schedule", "it is the time for it", who);
              }
              return pinned.id();
            });
  }

  /** Records a campaign, with what its manifest says of a transcoder that was trained here. */
  private boolean create(PinnedSpec pinned) {
    boolean created = campaigns.create(pinned.id(), pinned.spec());
    if (created) {
      trained
          .note(pinned.spec())
          .ifPresent(
              note -> campaigns.event(pinned.id(), CampaignStore.SUBJECT_EVENT, note, "piecrust"));
    }
    return created;
  }

  /** What has finished, and what only a higher budget or a person's word can bring further. */
  private static boolean isLeftAsItIs(CampaignStatus status) {
    return FINISHED.contains(status.state())
        || status.state() == CampaignState.PAUSED_FOR_BUDGET
        || (status.state() == CampaignState.PAUSED && SelfPause.says(status.message()));
  }

  /**
   * Starts every campaign that was open when the last process ended, but for those that wait for a
   * higher budget or paused by themselves, and those that were to end, which end now; returns their
   * ids.
   */
  public List<String> continueOpen() {
    List<String> open =
        campaigns.openIds().stream()
            .filter(id -> !isLeftAsItIs(campaigns.status(id)))
            .filter(id -> !steering.endsCancelled(id))
            .toList();
    workflows.ifPresent(running -> open.forEach(running::start));
    return open;
  }

  @Override
  public List<CampaignStatus> list() {
    Map<String, String> waits = waits();
    return campaigns.list().stream().map(status -> told(status, waits)).toList();
  }

  @Override
  public List<CampaignCard> cards() {
    return cards.of(campaigns.list().stream().map(CampaignStatus::id).toList());
  }

  @Override
  public Comparing compare(List<String> ids) {
    return comparing.compare(ids);
  }

  @Override
  public Optional<CampaignStatus> find(String id) {
    return campaigns
        .find(id)
        .map(status -> status.state() == CampaignState.RUNNING ? told(status, waits()) : status);
  }

  /** What campaigns wait for: that a model is loaded, or that their language model answers. */
  private Map<String, String> waits() {
    Map<String, String> waits = new HashMap<>();
    endpoints.outages().forEach((id, outage) -> waits.put(id, outage.sentence()));
    ModelLoad.of(processes.all()).forEach((id, load) -> waits.put(id, load.sentence()));
    return waits;
  }

  private static CampaignStatus told(CampaignStatus status, Map<String, String> waits) {
    String wait = waits.get(status.id());
    return wait == null || status.state() != CampaignState.RUNNING ? status : status.saying(wait);
  }

  @Override
  public List<CampaignEvent> events(String id) {
    return campaigns.events(id);
  }

  @Override
  public void pause(String id, String who) {
    steering.pause(id, who);
  }

  @Override
  public void resume(String id, String who) {
    steering.resume(id, who);
  }

  @Override
  public void finish(String id, String who) {
    steering.finish(id, who);
  }

  @Override
  public void raiseBudget(String id, BigDecimal usd, String who) {
    steering.raiseBudget(id, usd, who);
  }

  @Override
  public void retry(String id, String who) {
    steering.retry(id, who);
  }

  @Override
  public void cancel(String id, String who) {
    steering.cancel(id, who);
  }

  @Override
  public Spend spend(String id) {
    return accounts.spend(id);
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
          "campaign %s is %s, expected it to have ended, or to be cancelled, before it starts"
              + " afresh",
          id, there.get().state().words());
    }
    campaigns.delete(id);
  }
}
