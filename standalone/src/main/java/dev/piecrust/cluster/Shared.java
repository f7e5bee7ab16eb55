package dev.piecrust.cluster;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.control.TemporalCampaignWorkflows;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Database;
import dev.piecrust.store.Stores;
import java.util.Optional;

/** What this process shares with the others, opened. */
public final class Shared implements AutoCloseable {
  private final Database database;
  private final TemporalConnection temporal;
  private final Stores stores;
  private final ArtifactStore artifacts;

  private Shared(Installation installation, Database database, TemporalConnection temporal) {
    this.database = database;
    this.temporal = temporal;
    this.stores = Stores.of(database);
    this.artifacts = new FolderArtifacts(installation.artifacts());
  }

  /** Opens all of it, or nothing. */
  public static Shared open(Installation installation) {
    Database database = Database.open(installation.database());
    try {
      return new Shared(installation, database, TemporalConnection.open());
    } catch (RuntimeException e) {
      database.close();
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
  public CampaignService campaigns() {
    return new LocalCampaignService(
        stores, reports(), Optional.of(new TemporalCampaignWorkflows(temporal.client())));
  }

  @Override
  public void close() {
    temporal.close();
    database.close();
  }
}
