package dev.piecrust.api.remote;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.hub.HubNeed;
import dev.piecrust.hub.PinnedSpecs;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a spec is pinned to.
 *
 * @param pins a pinned reference for each that the spec names, in its order
 * @param notices what whoever starts it should know
 * @param transcoder its folder, where the spec names the campaign that trained it
 */
public record PinResponse(List<String> pins, List<String> notices, Optional<String> transcoder) {
  public PinResponse {
    pins = List.copyOf(pins);
    notices = List.copyOf(notices);
    transcoder = Objects.requireNonNullElse(transcoder, Optional.empty()); // older ones know none
  }

  /** Of a spec as it was written. */
  public static PinResponse of(CampaignSpec spec, PinnedSpec pinned) {
    return new PinResponse(
        HubNeed.of(pinned.spec()).stream().map(need -> need.ref().toString()).toList(),
        pinned.notices(),
        spec.subject().trainedBy().map(campaign -> pinned.spec().subject().transcoder()));
  }

  /** The spec that was asked about, pinned. */
  PinnedSpec applyTo(CampaignSpec spec) {
    Iterator<String> next = pins.iterator();
    CampaignSpec inItsFolder = transcoder.map(spec::withTranscoder).orElse(spec);
    return new PinnedSpec(PinnedSpecs.map(inItsFolder, ref -> HubRef.parse(next.next())), notices);
  }
}
