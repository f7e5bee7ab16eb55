package dev.piecrust.control;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.control.schedule.NoSchedules;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Stores;
import dev.piecrust.view.Queues;

/** Campaigns that a process offers to others; they end when it is closed. */
public interface Served extends AutoCloseable {
  CampaignService campaigns();

  Reports reports();

  /** The database that the campaigns are in. */
  Stores stores();

  /** What the campaigns' work has written. */
  ArtifactStore artifacts();

  ProgramKind kind();

  /** The queues that the campaigns' work waits in. */
  Queues queues();

  /** What starts campaigns at set times; none where nobody would be there at those times. */
  default Schedules schedules() {
    return new NoSchedules();
  }

  @Override
  void close();
}
