package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.cli.terminal.DownloadProgress;
import dev.piecrust.cli.terminal.EstimateText;
import dev.piecrust.control.CampaignService;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.gpu.SubjectCheck;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.probe.Probe;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.serve.Estimator;
import dev.piecrust.spec.CampaignIds;
import dev.piecrust.train.Training;
import java.time.Clock;
import java.util.Optional;

/** Looks at a campaign before it starts to take time, room or money. */
final class StartChecks {
  private final Session session;
  private final boolean yes;

  /**
   * @param yes whether a cost over the cap is agreed to
   */
  StartChecks(Session session, boolean yes) {
    this.session = session;
    this.yes = yes;
  }

  /**
   * Refuses, as a resources failure, one for which this machine has no room, where it would run
   * here and begin at once: what others have in memory goes away; and, as a user error, one whose
   * files it could not read. Shows the estimate of one that costs money; refuses, as a user error,
   * one that is expected to cost more than its cap. Then downloads, where it would run here, what
   * it needs. One that was started before has passed.
   *
   * @param spec pinned
   * @param here whether this process is to do the work
   */
  void pass(CampaignSpec spec, CampaignService campaigns, boolean here) {
    Optional<CampaignStatus> status = campaigns.find(CampaignIds.of(spec));
    if (status.isPresent()) {
      return;
    }
    HubFolders folders = HubFolders.ofThisProcess();
    if (here) {
      SubjectCheck check = SubjectCheck.here(spec, folders);
      SubjectShape shape = check.readableShape();
      spec.train()
          .flatMap(train -> Training.diskNote(train, shape.layers(), shape.width()))
          .ifPresent(session.terminal().err()::println);
      if (campaigns.list().stream().allMatch(other -> other.state().ended())) {
        check.room(shape).require();
      }
    }
    probe(spec, here);
    if (spec.interpret().filter(i -> !i.llm().free()).isPresent()) {
      refuseOverTheCap(
          spec,
          new Estimator(spec, status, folders)
              .estimate(session.prices(), session.today(), session.probes()::shutDown)
              .on(session.devices(), spec.limits().devices()));
    }
    if (here) {
      folders.fetch(spec, new DownloadProgress(session.terminal(), Clock.systemUTC()));
    }
  }

  /** What cannot be explained is told before hours of pruning, and not after them. */
  private void probe(CampaignSpec spec, boolean here) {
    for (Probe probe : session.probes().of(spec)) {
      boolean wrong =
          probe.outcome() == Probe.Outcome.WRONG
              || (here && probe.outcome() == Probe.Outcome.UNASKED);
      if (wrong && !yes) {
        throw user(
            "%s, expected it to be set right, or --yes to be paused there", probe.sentence());
      }
      if (wrong || probe.isTrouble()) {
        session.terminal().err().println("warning: " + probe.sentence());
      }
    }
  }

  private void refuseOverTheCap(CampaignSpec spec, CampaignEstimate estimate) {
    EstimateText.lines(estimate).forEach(session.terminal().err()::println);
    if (estimate.overTheCap() && !yes) {
      throw user(
          "limits.usd is %s, but about %.2f are likely, expected a higher one, fewer"
              + " features, or --yes to be paused at the cap",
          spec.limits().usd().orElseThrow().toPlainString(),
          estimate.llm().orElseThrow().usd().orElseThrow().expected());
    }
  }
}
