package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignIds;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import java.util.Optional;

/** Shows what a campaign will cost before it starts to cost anything. */
final class SpendingGate {
  private final Session session;
  private final boolean yes;

  /**
   * @param yes whether a cost over the cap is agreed to
   */
  SpendingGate(Session session, boolean yes) {
    this.session = session;
    this.yes = yes;
  }

  /**
   * Shows the estimate of a campaign that costs money and starts now; refuses, as a user error, one
   * that is expected to cost more than its cap. One that was started before has passed.
   */
  void pass(CampaignSpec spec, CampaignService campaigns) {
    Optional<CampaignStatus> status = campaigns.find(CampaignIds.of(spec));
    boolean free = spec.interpret().filter(i -> !i.llm().provider().baseline()).isEmpty();
    if (free || status.isPresent()) {
      return;
    }
    CampaignEstimate estimate = new Estimator(spec, status).estimate(session.price(spec));
    EstimateText.lines(estimate).forEach(session.terminal().err()::println);
    if (estimate.overTheCap() && !yes) {
      throw user(
          "limits.usd is %s, but about %.2f are expected; raise it, explain fewer features, or start"
              + " with --yes to be paused at the cap",
          spec.limits().usd().orElseThrow().toPlainString(),
          estimate.llm().orElseThrow().usd().orElseThrow().expected());
    }
  }
}
