package dev.piecrust.embedded;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.ControlActivitiesImpl;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.control.ProgramKind;
import dev.piecrust.control.Served;
import dev.piecrust.control.TemporalCampaignWorkflows;
import dev.piecrust.control.TemporalQueues;
import dev.piecrust.gpu.GpuWorker;
import dev.piecrust.ledger.LedgerLlmClient;
import dev.piecrust.llm.Providers;
import dev.piecrust.observe.InstallationFigures;
import dev.piecrust.observe.Instruments;
import dev.piecrust.observe.SignsOfLife;
import dev.piecrust.price.PriceTable;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.view.Queues;
import dev.piecrust.worker.LlmWorker;
import dev.piecrust.workers.Tuning;
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
public final class EmbeddedServer implements Served {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);

  /**
   * The first device's queue; no other process can reach this Temporal, so a fixed name will do.
   */
  private static final String DEVICE_QUEUE = "piecrust-gpu-embedded";

  private static final String KIND = "embedded";

  /**
   * A call to a language model that is under way is paid for, and most end in that; all else stops
   * sooner.
   */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Shutdown shutdown = new Shutdown();
  private final Stores stores;
  private final ArtifactStore artifacts;
  private final Reports reports;
  private final LocalCampaignService campaigns;
  private final Queues queues;

  private EmbeddedServer(Home home, Instruments instruments) {
    shutdown.add(
        home.tryLock()
            .orElseThrow(
                () ->
                    user(
                        "%s is in use by another PieCrust that is starting or stopping, expected it"
                            + " to be done; try again",
                        home.folder())));
    Database database = shutdown.add(home.openDatabase());
    stores = Stores.of(database, instruments.meters());
    artifacts = new FolderArtifacts(home.artifacts());
    shutdown.add(new InstallationFigures(stores));
    instruments.vitals().needs("database", stores.campaigns()::byState);
    instruments.vitals().needs("artifacts", () -> artifacts.put(new byte[0]));
    reports = new Reports(stores, artifacts);
    List<GpuWorker> gpus = GpuWorker.on(TensorRuntime.all(), stores, artifacts, DEVICE_QUEUE);
    gpus.forEach(shutdown::add);
    LedgerLlmClient desk =
        shutdown.add(
            LedgerLlmClient.open(
                stores, PriceTable.load(home.prices()), Providers.ofEnvironment()));
    EmbeddedTemporal temporal = shutdown.add(new EmbeddedTemporal(instruments));
    Workers workers =
        shutdown.add(
            new Workers(temporal.client(), GRACE, Tuning.defaults(), instruments)
                .control(new ControlActivitiesImpl(stores, artifacts, reports))
                .devices(gpus, List::of)
                .languageModels(new LlmWorker(desk, stores, artifacts))
                .start());
    shutdown.add(desk::drain);
    shutdown.add(
        new SignsOfLife(
            stores.processes(),
            SignsOfLife.name(KIND),
            KIND,
            gpus.stream().map(GpuWorker::memory).toList(),
            workers.underway(),
            workers::hosted));
    queues = new TemporalQueues(temporal.client());
    campaigns =
        new LocalCampaignService(
            stores, reports, Optional.of(new TemporalCampaignWorkflows(temporal.client())));
  }

  /**
   * Starts everything and continues the open campaigns; a home in use is a user error.
   *
   * @param instruments where it is seen
   */
  public static EmbeddedServer start(Home home, Instruments instruments) {
    EmbeddedServer server = new EmbeddedServer(home, instruments);
    List<String> continued = server.campaigns.continueOpen();
    LOG.info("started in {}, continues {}", home.folder(), continued);
    instruments.vitals().begin();
    return server;
  }

  @Override
  public CampaignService campaigns() {
    return campaigns;
  }

  @Override
  public Reports reports() {
    return reports;
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
    return queues;
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
