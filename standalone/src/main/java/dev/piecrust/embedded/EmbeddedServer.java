package dev.piecrust.embedded;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.ControlActivitiesImpl;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.control.TemporalCampaignWorkflows;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.ledger.LedgerDesk;
import dev.piecrust.llm.Providers;
import dev.piecrust.price.PriceTable;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Database;
import dev.piecrust.store.DatabaseConfig;
import dev.piecrust.store.Stores;
import dev.piecrust.worker.LlmWorker;
import dev.piecrust.workers.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole program in one process: it owns the home, and runs Temporal, the workers and the
 * campaigns that were open when the last process ended.
 */
public final class EmbeddedServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

  /** The one device's queue; no other process can reach this Temporal, so a fixed name will do. */
  private static final String DEVICE_QUEUE = "piecrust-gpu-embedded";

  private final Home home;
  private final Shutdown shutdown = new Shutdown();
  private final Reports reports;
  private final LocalCampaignService campaigns;

  private EmbeddedServer(Home home) {
    this.home = home;
    shutdown.add(
        home.tryLock()
            .orElseThrow(
                () ->
                    user(
                        "%s is in use by another PieCrust that is starting or stopping; try again",
                        home.folder())));
    Database database = shutdown.add(Database.open(DatabaseConfig.h2(home.database())));
    Stores stores = Stores.of(database);
    ArtifactStore artifacts = new FolderArtifacts(home.artifacts());
    reports = new Reports(stores, artifacts);
    GpuWorker gpu = shutdown.add(new GpuWorker(stores, artifacts, DEVICE_QUEUE));
    LedgerDesk desk =
        shutdown.add(
            LedgerDesk.open(stores, PriceTable.load(home.prices()), Providers.ofEnvironment()));
    EmbeddedTemporal temporal = shutdown.add(new EmbeddedTemporal());
    shutdown.add(
        new Workers(temporal.client(), Duration.ZERO)
            .control(new ControlActivitiesImpl(stores, artifacts, reports))
            .device(gpu, DEVICE_QUEUE)
            .languageModels(new LlmWorker(desk, stores, artifacts))
            .start());
    campaigns =
        new LocalCampaignService(
            stores, reports, Optional.of(new TemporalCampaignWorkflows(temporal.client())));
  }

  /** Starts everything and continues the open campaigns; a home in use is a user error. */
  public static EmbeddedServer start(Home home) {
    EmbeddedServer server = new EmbeddedServer(home);
    List<String> continued = server.campaigns.continueOpen();
    LOG.info("started in {}, continues {}", home.folder(), continued);
    return server;
  }

  /** Tells the commands of the same user how to reach this process, until it ends. */
  public void announce(ServerAddress address) {
    home.serverFile().write(address);
    shutdown.add(home.serverFile()::delete);
  }

  public CampaignService campaigns() {
    return campaigns;
  }

  public Reports reports() {
    return reports;
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
