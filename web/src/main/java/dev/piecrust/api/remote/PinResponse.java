package dev.piecrust.api.remote;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.hub.HubNeed;
import dev.piecrust.hub.PinnedSpecs;
import java.util.Iterator;
import java.util.List;

/**
 * What the repositories of a spec are pinned to.
 *
 * @param pins a pinned reference for each that the spec names, in its order
 * @param notices what whoever starts it should know
 */
public record PinResponse(List<String> pins, List<String> notices) {
  public PinResponse {
    pins = List.copyOf(pins);
    notices = List.copyOf(notices);
  }

  public static PinResponse of(PinnedSpec pinned) {
    return new PinResponse(
        HubNeed.of(pinned.spec()).stream().map(need -> need.ref().toString()).toList(),
        pinned.notices());
  }

  /** The spec that was asked about, pinned. */
  PinnedSpec applyTo(CampaignSpec spec) {
    Iterator<String> next = pins.iterator();
    return new PinnedSpec(PinnedSpecs.map(spec, ref -> HubRef.parse(next.next())), notices);
  }
}
