package dev.piecrust.control;

import java.util.ArrayList;
import java.util.List;

/** Remembers what it was asked. */
final class FakeWorkflows implements CampaignWorkflows {
  final List<String> started = new ArrayList<>();
  final List<String> told = new ArrayList<>();

  @Override
  public void start(String campaignId) {
    started.add(campaignId);
  }

  @Override
  public boolean tell(String campaignId, CampaignCommand command, String who) {
    if (!started.contains(campaignId)) {
      return false;
    }
    told.add(command + " " + campaignId + " by " + who);
    return true;
  }
}
