package dev.piecrust.bench.devices;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.IdleActivities;
import dev.piecrust.failure.PieCrustException;
import java.util.Optional;

/** A device that sleeps for the time of a batch. */
final class Sleeper extends IdleActivities {
  Sleeper(CampaignSize size, String name) {
    super(size, name, Optional.of(Simulation.QUEUE));
  }

  @Override
  public BatchSummary pruneBatch(PruneBatch batch) {
    try {
      Thread.sleep(Simulation.BATCH.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("interrupted", e);
    }
    return super.pruneBatch(batch);
  }
}
