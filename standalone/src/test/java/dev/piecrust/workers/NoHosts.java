package dev.piecrust.workers;

/** For campaigns that hold one worker at a time and ask for no hosts. */
final class NoHosts implements LockedGpuActivities.Hosting {
  @Override
  public String queue(String campaignId) {
    throw new UnsupportedOperationException(campaignId);
  }

  @Override
  public int most(String campaignId) {
    throw new UnsupportedOperationException(campaignId);
  }
}
