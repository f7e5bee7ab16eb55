package dev.piecrust.control;

import dev.piecrust.campaign.CampaignIds;
import dev.piecrust.campaign.CampaignSpec;
import java.util.List;

/**
 * A spec that means the same for ever.
 *
 * @param spec with every repository of the hub at a commit
 * @param notices what whoever starts it should know, a sentence each
 */
public record PinnedSpec(CampaignSpec spec, List<String> notices) {
  public PinnedSpec {
    notices = List.copyOf(notices);
  }

  /** Of its campaign. */
  public String id() {
    return CampaignIds.of(spec);
  }
}
