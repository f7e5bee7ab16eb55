package dev.piecrust.bench.web;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.control.ProgramKind;
import dev.piecrust.control.Served;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.view.Queues;
import java.nio.file.Path;
import java.util.Optional;

/** A database of campaigns that nobody runs. */
public final class BenchServed implements Served {
  private final Database database;
  private final Stores stores;
  private final ArtifactStore artifacts;

  BenchServed(DatabaseConfig config, Path folder) {
    this.database = Stores.database(config);
    this.stores = Stores.of(database);
    this.artifacts = new FolderArtifacts(folder);
  }

  Database database() {
    return database;
  }

  @Override
  public CampaignService campaigns() {
    return new LocalCampaignService(stores, reports(), Optional.empty());
  }

  @Override
  public Reports reports() {
    return new Reports(stores, artifacts);
  }

  @Override
  public Stores stores() {
    return stores;
  }

  @Override
  public ArtifactStore artifacts() {
    return artifacts;
  }

  @Override
  public ProgramKind kind() {
    return ProgramKind.EMBEDDED;
  }

  @Override
  public Queues queues() {
    return Queues.UNKNOWN;
  }

  @Override
  public void close() {
    database.close();
  }
}
