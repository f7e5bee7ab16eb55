package dev.piecrust.control;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.spec.CampaignIds;
import java.util.ArrayList;
import java.util.List;

/**
 * A spec that means the same for ever.
 *
 * @param spec with every repository of the hub at a commit, and no campaign in a folder's place
 * @param notices what whoever starts it should know, a sentence each
 */
public record PinnedSpec(CampaignSpec spec, List<String> notices) {
  public PinnedSpec {
    notices = List.copyOf(notices);
  }

  /** The same, and one more sentence for whoever starts it. */
  PinnedSpec noticing(String sentence) {
    List<String> more = new ArrayList<>(notices);
    more.add(sentence);
    return new PinnedSpec(spec, more);
  }

  /** Of its campaign. */
  public String id() {
    return CampaignIds.of(spec);
  }
}
