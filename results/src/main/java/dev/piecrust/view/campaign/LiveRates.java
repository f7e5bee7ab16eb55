package dev.piecrust.view.campaign;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How fast the stages of open campaigns go, as this process sees it while somebody looks. */
@Singleton
public class LiveRates {
  private final Map<String, StageRates> campaigns = new ConcurrentHashMap<>();

  /** Notes where all open campaigns are; those that are not among them are forgotten. */
  public void observe(List<CampaignStatus> open, Instant now) {
    campaigns.keySet().retainAll(open.stream().map(CampaignStatus::id).toList());
    for (CampaignStatus status : open) {
      StageRates rates = campaigns.computeIfAbsent(status.id(), id -> new StageRates());
      synchronized (rates) {
        rates.observe(status.stages(), now);
      }
    }
  }

  /** What was seen of a stage's rate, in units of its work a second. */
  public Optional<Double> of(String campaign, StageProgress stage) {
    StageRates rates = campaigns.get(campaign);
    if (rates == null) {
      return Optional.empty();
    }
    synchronized (rates) {
      return rates.of(stage);
    }
  }
}
