package dev.piecrust.cli;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.cli.outage.Patience;
import dev.piecrust.cli.outage.PatientCampaigns;
import dev.piecrust.cli.terminal.Terminal;
import dev.piecrust.cluster.Installation;
import dev.piecrust.cluster.Shared;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.control.PinnedSpec;
import dev.piecrust.control.schedule.NoSchedules;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.embedded.EmbeddedServer;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.HomeLock;
import dev.piecrust.embedded.Owner;
import dev.piecrust.embedded.ServerAddress;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.observe.EarlyLog;
import dev.piecrust.observe.LogFormat;
import dev.piecrust.observe.TraceExport;
import dev.piecrust.price.PriceTable;
import dev.piecrust.probe.Probes;
import dev.piecrust.report.Reports;
import dev.piecrust.report.text.Verdict;
import dev.piecrust.serve.Estimator;
import dev.piecrust.serve.ServedBeans;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.spec.SpecReading;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.text.CleanText;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;

/** What a command works with: a terminal, the home, and a way to the campaigns. */
public final class Session {
  private final Terminal terminal;
  private final Supplier<Home> home;
  private final List<String> arguments;
  private final Optional<ServedBeans> server;
  private Optional<Probes> probes = Optional.empty();
  private final Clock clock;

  Session(
      Terminal terminal,
      Supplier<Home> home,
      List<String> arguments,
      Optional<ServedBeans> server) {
    this(terminal, home, arguments, server, Clock.systemUTC());
  }

  /**
   * @param clock says which day it is
   */
  Session(
      Terminal terminal,
      Supplier<Home> home,
      List<String> arguments,
      Optional<ServedBeans> server,
      Clock clock) {
    this.clock = clock;
    this.terminal = terminal;
    this.home = home;
    this.arguments = arguments;
    this.server = server;
  }

  /** A session of a process that serves nobody yet. */
  static Session withoutServer(String... arguments) {
    return new Session(
        Terminal.ofThisProcess(), Home::ofThisProcess, List.of(arguments), Optional.empty());
  }

  /** A session inside the process that serves. */
  static Session withServer(ServedBeans beans, String... arguments) {
    return new Session(
        Terminal.ofThisProcess(), Home::ofThisProcess, List.of(arguments), Optional.of(beans));
  }

  Terminal terminal() {
    return terminal;
  }

  Home home() {
    return home.get();
  }

  /** The folder of the checkout, which the launcher names. */
  Path root() {
    return Path.of(System.getProperty("piecrust.root", "."));
  }

  /** Endpoints of language models, each of which is asked once for a command. */
  synchronized Probes probes() {
    if (probes.isEmpty()) {
      probes = Optional.of(Probes.ofThisProcess());
    }
    return probes.get();
  }

  /** What language models cost: the shipped table with the home's own prices. */
  PriceTable prices() {
    return PriceTable.load(home().prices());
  }

  /** This moment, for how long ago something was. */
  Instant now() {
    return clock.instant();
  }

  /** This day, for what is old or goes soon. */
  LocalDate today() {
    return LocalDate.now(clock);
  }

  /**
   * Does something with a spec, pinned, and what its campaign will take on this machine. All that
   * cannot be read of what it names is one user error.
   */
  int withEstimate(Path file, ToIntBiFunction<CampaignSpec, CampaignEstimate> work) {
    SpecReading reading = SpecReader.open(file);
    return withCampaigns(
        campaigns -> {
          Map.Entry<CampaignSpec, CampaignEstimate> estimated =
              reading.with(spec -> estimated(campaigns, spec));
          return work.applyAsInt(estimated.getKey(), estimated.getValue());
        });
  }

  private Map.Entry<CampaignSpec, CampaignEstimate> estimated(
      CampaignService campaigns, CampaignSpec spec) {
    PinnedSpec pinned = campaigns.pin(spec);
    Estimator estimator =
        new Estimator(pinned.spec(), campaigns.find(pinned.id()), HubFolders.ofThisProcess());
    return Map.entry(pinned.spec(), estimator.estimate(prices(), today(), probes()::shutDown));
  }

  /** How many devices the installation has that live; 1 where there is none. */
  int devices() {
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isEmpty()) {
      return 1;
    }
    try (Shared shared = Shared.open(installation.get())) {
      return Math.max(1, shared.stores().processes().devices());
    }
  }

  /** Who gives a command, for the campaigns' events. */
  String who() {
    return CleanText.line(System.getProperty("user.name"), 100);
  }

  /**
   * Does something with campaigns that must run: on the server that the command names, in the
   * installation that the environment names, in the process that owns the home, or, where nobody
   * does, in a server that this process starts and that runs the same command again.
   */
  int withRunningCampaigns(ServerOption named, ToIntFunction<Running> work) {
    Optional<CampaignService> elsewhere = elsewhere(named);
    if (elsewhere.isPresent()) {
      return work.applyAsInt(new Running(elsewhere.get(), false));
    }
    return withRunningCampaigns(work);
  }

  /** The same where no server can be named. */
  int withRunningCampaigns(ToIntFunction<Running> work) {
    Home owned = home();
    if (server.isPresent()) {
      return work.applyAsInt(new Running(embedded(server.get(), owned), true));
    }
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isPresent()) {
      return shared(
          installation.get(), campaigns -> work.applyAsInt(new Running(campaigns, false)));
    }
    Optional<CampaignService> owner = owner(owned);
    if (owner.isPresent()) {
      return work.applyAsInt(new Running(owner.get(), false));
    }
    return inApplication();
  }

  private static CampaignService embedded(ServedBeans beans, Home home) {
    EmbeddedServer started = beans.serve(() -> EmbeddedServer.start(home, beans.instruments()));
    beans.announce(home, true);
    return started.campaigns();
  }

  /** Where this process shows its pages to this user's browser, if it does. */
  Optional<String> entrance() {
    return server.map(ServedBeans::entrance);
  }

  /** Waits for so long, or until this process stops; whether it does. */
  boolean stopsWithin(Duration time) throws InterruptedException {
    if (server.isPresent()) {
      return server.get().stopsWithin(time);
    }
    Thread.sleep(time.toMillis());
    return false;
  }

  /** Does something that makes no sense once the application listens: does nothing then. */
  void beforeTheApplication(Runnable checks) {
    if (server.isEmpty()) {
      checks.run();
    }
  }

  /** Another process that owns this home. */
  Optional<ServerAddress> otherOwner() {
    return server.isPresent() ? Optional.empty() : home().owner();
  }

  /**
   * Starts something that works until the process is told to stop.
   *
   * @param settings of the application that it works in
   */
  int untilStopped(Map<String, String> settings, Consumer<ServedBeans> start) {
    if (server.isEmpty()) {
      settings.forEach(System::setProperty);
      return inApplication();
    }
    start.accept(server.get());
    Quarkus.waitForExit();
    return ExitStatus.DONE.code();
  }

  /** Does something beside a server that nobody else knows of, and that ends with it. */
  int besideServer(ToIntFunction<ServedBeans> work) {
    return server.isPresent() ? work.applyAsInt(server.get()) : inApplication();
  }

  /** Runs the same command inside the application, with its log and its orderly end. */
  private int inApplication() {
    LogFormat.of(System.getenv()).settings().forEach(System::setProperty);
    TraceExport.of(System.getenv()).settings().forEach(System::setProperty);
    AtomicInteger status = new AtomicInteger(ExitStatus.INTERNAL_ERROR.code());
    Quarkus.run(
        ServedCommand.class,
        (code, failure) -> {
          status.set(code);
          if (failure != null) { // before there was a command that could say so
            String why =
                DiskFailures.isFull(failure)
                    ? "the disk of %s is full, expected room there".formatted(home().folder())
                    : "the program could not start: " + failure;
            terminal.err().println("piecrust: " + why);
            EarlyLog.tell(home().log(), why);
          }
        },
        arguments.toArray(new String[0]));
    return status.get();
  }

  /** Reads or changes campaigns, on the server that the command names or else here. */
  int withCampaigns(ServerOption named, ToIntFunction<CampaignService> work) {
    Optional<CampaignService> elsewhere = elsewhere(named);
    return elsewhere.isPresent() ? work.applyAsInt(elsewhere.get()) : withCampaigns(work);
  }

  /** How whoever reads a verdict goes on; an installation's pages have an address of its own. */
  Verdict.Way way(Optional<ServerOption> named, String id) {
    String here = Installation.ofThisProcess().isPresent() ? "" : "./piecrust ui shows its page";
    return new Verdict.Way(
        named.flatMap(server -> server.page(id)).map("open "::concat).orElse(here),
        named.map(ServerOption::again).orElse(""));
  }

  /** Whether somebody runs campaigns for this command. */
  boolean isServed(ServerOption named) {
    return named.campaigns().isPresent()
        || Installation.ofThisProcess().isPresent()
        || home().owner().isPresent();
  }

  /** Reads or changes campaigns, whether or not someone runs them. */
  int withCampaigns(ToIntFunction<CampaignService> work) {
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isPresent()) {
      return shared(installation.get(), work);
    }
    Home owned = home();
    Optional<CampaignService> owner = owner(owned);
    return owner.isPresent()
        ? work.applyAsInt(owner.get())
        : onTheSpot(
            owned,
            (stores, artifacts) ->
                work.applyAsInt(
                    new LocalCampaignService(
                        stores, new Reports(stores, artifacts), Optional.empty())));
  }

  /**
   * Asks for schedules, on the server that the command names or else here, where there are none.
   */
  int withSchedules(ServerOption named, ToIntFunction<Schedules> work) {
    Optional<Schedules> elsewhere = named.schedules();
    if (elsewhere.isPresent()) {
      return work.applyAsInt(elsewhere.get());
    }
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isEmpty()) {
      return work.applyAsInt(new NoSchedules());
    }
    try (Shared shared = patience().with(() -> Shared.open(installation.get()))) {
      return work.applyAsInt(shared.schedules());
    }
  }

  /** Does something with all that is kept, of the installation or of this home. */
  int withStores(ToIntBiFunction<Stores, ArtifactStore> work) {
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isEmpty()) {
      return onTheSpot(home(), work);
    }
    try (Shared shared = Shared.open(installation.get())) {
      return work.applyAsInt(shared.stores(), shared.artifacts());
    }
  }

  private int shared(Installation installation, ToIntFunction<CampaignService> work) {
    Patience patience = patience();
    try (Shared shared = patience.with(() -> Shared.open(installation))) {
      return work.applyAsInt(new PatientCampaigns(shared::campaigns, patience));
    }
  }

  private Optional<CampaignService> elsewhere(ServerOption named) {
    return named.campaigns().map(there -> new PatientCampaigns(() -> there, patience()));
  }

  /** Whoever owns the home now; one that is started again has another address. */
  private Optional<CampaignService> owner(Home home) {
    return home.owner()
        .map(first -> new PatientCampaigns(() -> Owner.answering(home, first), patience()));
  }

  private Patience patience() {
    return Patience.ofThisProcess(terminal::notice);
  }

  private static int onTheSpot(Home home, ToIntBiFunction<Stores, ArtifactStore> work) {
    HomeLock lock =
        home.tryLock()
            .orElseThrow(
                () ->
                    PieCrustException.user(
                        "%s is in use by another PieCrust, expected that it has ended; try again"
                            + " then",
                        home.folder()));
    try (Database database = home.openDatabase()) {
      return work.applyAsInt(Stores.of(database), new FolderArtifacts(home.artifacts()));
    } finally {
      lock.close();
    }
  }

  /**
   * Campaigns that run.
   *
   * @param here whether they run in this process, and stop with it
   */
  record Running(CampaignService campaigns, boolean here) {}
}
