package dev.piecrust.hub;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.campaign.InterpretSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A repository that a campaign needs.
 *
 * @param part what of it
 */
public record HubNeed(HubRef ref, HubPart part) {

  /** All that a spec names. */
  public static List<HubNeed> of(CampaignSpec spec) {
    List<HubNeed> needs = new ArrayList<>();
    add(needs, spec.subject().model(), HubPart.MODEL);
    add(needs, spec.subject().transcoder(), HubPart.TRANSCODER);
    spec.interpret()
        .map(InterpretSpec::corpus)
        .flatMap(CorpusSpec::published)
        .ifPresent(published -> add(needs, published, HubPart.FEATURES));
    return needs;
  }

  private static void add(List<HubNeed> needs, String named, HubPart part) {
    if (HubRef.is(named)) {
      needs.add(new HubNeed(HubRef.parse(named), part));
    }
  }
}
