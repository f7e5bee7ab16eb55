package dev.piecrust.activity;

import java.util.List;

/**
 * A campaign looks for a device that loads its subject.
 *
 * @param known the hosts that the campaign has, or had: the devices' own queues
 */
public record HostRequest(String campaignId, List<String> known) {
  public HostRequest {
    known = List.copyOf(known);
  }
}
