package dev.piecrust.control;

import java.util.ArrayList;
import java.util.List;

/** Remembers what it was asked. */
final class FakeWorkflows implements CampaignWorkflows {
  final List<String> started = new ArrayList<>();
  final List<String> cancelled = new ArrayList<>();

  @Override
  public void start(String campaignId) {
    started.add(campaignId);
  }

  @Override
  public boolean cancel(String campaignId, String who) {
    if (!started.contains(campaignId)) {
      return false;
    }
    cancelled.add(campaignId + " by " + who);
    return true;
  }
}
