package dev.piecrust.cluster;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.control.TemporalCampaignWorkflows;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.control.schedule.TemporalSchedules;
import dev.piecrust.embedded.Shutdown;
import dev.piecrust.observe.Instruments;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import java.util.Optional;

/** What this process shares with the others, opened. */
public final class Shared implements AutoCloseable {
  private final Database database;
  private final TemporalConnection temporal;
  private final Stores stores;
  private final ArtifactStore artifacts;

  private Shared(
      Database database,
      ArtifactStore artifacts,
      TemporalConnection temporal,
      Instruments instruments) {
    this.database = database;
    this.artifacts = artifacts;
    this.temporal = temporal;
    this.stores = Stores.of(database, instruments.meters());
    instruments.vitals().needs("database", stores.campaigns()::byState);
    instruments.vitals().needs("temporal", temporal::check);
    instruments.vitals().needs("artifacts", () -> artifacts.put(new byte[0]));
  }

  /** Opens all of it, or nothing; what it does is not counted. */
  public static Shared open(Installation installation) {
    return open(installation, Instruments.none());
  }

  /**
   * Opens all of it, or nothing.
   *
   * @param instruments where it is seen
   */
  public static Shared open(Installation installation, Instruments instruments) {
    Shutdown opened = new Shutdown();
    try {
      return new Shared(
          opened.add(Stores.database(installation.database())),
          opened.add(installation.artifacts().open()),
          opened.add(TemporalConnection.open(instruments)),
          instruments);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * Opens all of it for a process that works, and that had better not start where the artifact
   * store does not let it in.
   */
  static Shared openToWork(Installation installation, Instruments instruments) {
    Shared shared = open(installation, instruments);
    try {
      shared.artifacts.check();
      return shared;
    } catch (RuntimeException e) {
      shared.close();
      throw e;
    }
  }

  public TemporalConnection temporal() {
    return temporal;
  }

  public Stores stores() {
    return stores;
  }

  public ArtifactStore artifacts() {
    return artifacts;
  }

  public Reports reports() {
    return new Reports(stores, artifacts);
  }

  /** The campaigns, which run wherever their workers are. */
  public LocalCampaignService campaigns() {
    return new LocalCampaignService(
        stores,
        reports(),
        Optional.of(new TemporalCampaignWorkflows(temporal.client(), stores.campaigns()::spec)));
  }

  /** What starts campaigns at set times. */
  public Schedules schedules() {
    return new TemporalSchedules(temporal.client());
  }

  @Override
  public void close() {
    temporal.close();
    artifacts.close();
    database.close();
  }
}
