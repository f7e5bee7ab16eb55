package dev.piecrust.control;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.hub.HubNeed;
import dev.piecrust.hub.PinnedSpecs;
import dev.piecrust.spec.CampaignIds;
import dev.piecrust.store.campaign.CampaignStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Pins specs to commits of the hub, so that a repository that moves makes another campaign, and two
 * revisions are never mixed in one.
 */
final class SpecPins {
  private final UnaryOperator<HubRef> pins;
  private final CampaignStore campaigns;

  /**
   * @param pins the commit that a reference means now
   */
  SpecPins(UnaryOperator<HubRef> pins, CampaignStore campaigns) {
    this.pins = pins;
    this.campaigns = campaigns;
  }

  PinnedSpec pin(CampaignSpec spec) {
    CampaignSpec pinned = PinnedSpecs.map(spec, pins);
    boolean known = pinned.equals(spec) || campaigns.find(CampaignIds.of(pinned)).isPresent();
    return new PinnedSpec(
        pinned, known ? List.of() : earlier(spec).map(old -> moved(spec, old)).orElse(List.of()));
  }

  /** The newest campaign of the same spec at other commits. */
  private Optional<CampaignStatus> earlier(CampaignSpec spec) {
    String wanted = unpinned(spec);
    return campaigns.list().stream()
        .filter(status -> status.id().startsWith(spec.name() + "-"))
        .filter(status -> unpinned(campaigns.spec(status.id())).equals(wanted))
        .findFirst();
  }

  private static String unpinned(CampaignSpec spec) {
    return CampaignIds.of(PinnedSpecs.map(spec, ref -> ref.at(HubRef.MAIN)));
  }

  private List<String> moved(CampaignSpec spec, CampaignStatus earlier) {
    List<HubNeed> before = HubNeed.of(campaigns.spec(earlier.id()));
    List<HubNeed> written = HubNeed.of(spec);
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < written.size(); i++) {
      HubRef now = pins.apply(written.get(i).ref());
      HubRef then = before.get(i).ref();
      if (!written.get(i).ref().pinned() && !now.equals(then)) {
        sentences.add(
            "%s has moved from %s to %s since campaign %s, so this is another one; write %s to"
                    .formatted(
                        written.get(i).ref(), then.revision(), now.revision(), earlier.id(), then)
                + " continue that one");
      }
    }
    return sentences;
  }
}
