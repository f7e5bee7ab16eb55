package dev.piecrust.cli;

import dev.piecrust.artifact.FolderArtifacts;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.cluster.Installation;
import dev.piecrust.cluster.Shared;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.LocalCampaignService;
import dev.piecrust.embedded.EmbeddedBeans;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.HomeLock;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.price.Price;
import dev.piecrust.price.PriceTable;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Database;
import dev.piecrust.store.DatabaseConfig;
import dev.piecrust.store.Stores;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What a command works with: a terminal, the home, and a way to the campaigns. */
public final class Session {
  private final Terminal terminal;
  private final Supplier<Home> home;
  private final List<String> arguments;
  private final Optional<EmbeddedBeans> server;

  Session(
      Terminal terminal,
      Supplier<Home> home,
      List<String> arguments,
      Optional<EmbeddedBeans> server) {
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
  static Session withServer(EmbeddedBeans beans, String... arguments) {
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

  /** What the spec's language model costs; empty for none, and where nobody knows. */
  Optional<Price> price(CampaignSpec spec) {
    return spec.interpret()
        .flatMap(interpret -> PriceTable.load(home().prices()).price(interpret.llm()));
  }

  /** Who gives a command, for the campaigns' events. */
  String who() {
    return System.getProperty("user.name");
  }

  /**
   * Does something with campaigns that must run: in the installation that the environment names, in
   * the process that owns the home, or, where nobody does, in a server that this process starts and
   * that runs the same command again.
   */
  int withRunningCampaigns(ToIntFunction<Running> work) {
    Home owned = home();
    if (server.isPresent()) {
      return work.applyAsInt(new Running(server.get().start(owned), true));
    }
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isPresent()) {
      return shared(
          installation.get(), campaigns -> work.applyAsInt(new Running(campaigns, false)));
    }
    Optional<CampaignService> owner = Owner.of(owned);
    if (owner.isPresent()) {
      return work.applyAsInt(new Running(owner.get(), false));
    }
    return inApplication();
  }

  /** Starts something that works until the process is told to stop. */
  int untilStopped(Supplier<AutoCloseable> start) {
    if (server.isEmpty()) {
      return inApplication();
    }
    server.get().keep(start.get());
    Quarkus.waitForExit();
    return ExitStatus.DONE.code();
  }

  /** Runs the same command inside the application, with its log and its orderly end. */
  private int inApplication() {
    AtomicInteger status = new AtomicInteger(ExitStatus.INTERNAL_ERROR.code());
    Quarkus.run(
        ServedCommand.class, (code, failure) -> status.set(code), arguments.toArray(new String[0]));
    return status.get();
  }

  /** Reads or changes campaigns, whether or not someone runs them. */
  int withCampaigns(ToIntFunction<CampaignService> work) {
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isPresent()) {
      return shared(installation.get(), work);
    }
    Home owned = home();
    Optional<CampaignService> owner = Owner.of(owned);
    return owner.isPresent() ? work.applyAsInt(owner.get()) : onTheSpot(owned, work);
  }

  private static int shared(Installation installation, ToIntFunction<CampaignService> work) {
    try (Shared shared = Shared.open(installation)) {
      return work.applyAsInt(shared.campaigns());
    }
  }

  private static int onTheSpot(Home home, ToIntFunction<CampaignService> work) {
    HomeLock lock =
        home.tryLock()
            .orElseThrow(
                () ->
                    PieCrustException.user(
                        "%s is in use by a PieCrust that is starting or stopping; try again",
                        home.folder()));
    try (Database database = Database.open(DatabaseConfig.h2(home.database()))) {
      Stores stores = Stores.of(database);
      Reports reports = new Reports(stores, new FolderArtifacts(home.artifacts()));
      return work.applyAsInt(new LocalCampaignService(stores, reports, Optional.empty()));
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
