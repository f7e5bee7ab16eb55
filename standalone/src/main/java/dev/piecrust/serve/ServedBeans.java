package dev.piecrust.serve;

import dev.piecrust.api.access.AccessToken;
import dev.piecrust.api.access.AccessTokens;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.control.CampaignEstimator;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.ProgramKind;
import dev.piecrust.control.Served;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.embedded.Home;
import dev.piecrust.embedded.PageKey;
import dev.piecrust.embedded.ServerAddress;
import dev.piecrust.embedded.Shutdown;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.observe.Instruments;
import dev.piecrust.price.PriceTable;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Stores;
import dev.piecrust.view.Queues;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;

/** Hands what this process serves to the REST API, and ends it with the application. */
@Singleton
public class ServedBeans {
  private static final int TOKEN_BYTES = 32;

  /** A command that follows a campaign looks four times a second; an export may take a while. */
  private static final long COMMAND_SECONDS = 5;

  private final String token;
  private final Instance<Instruments> instruments;
  private final Shutdown shutdown = new Shutdown();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch commandEnded = new CountDownLatch(1);
  private Optional<Served> served = Optional.empty();
  private Optional<PageKey> pageKey = Optional.empty();

  @Inject
  public ServedBeans(Instance<Instruments> instruments) {
    this.instruments = instruments;
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  /** From now on the API serves what is started here. */
  public synchronized <T extends Served> T serve(Supplier<T> start) {
    T started = keep(start.get());
    served = Optional.of(started);
    return started;
  }

  /** Has a part of the program end with the application, before all that was started earlier. */
  public synchronized <T extends AutoCloseable> T keep(T part) {
    return shutdown.add(part);
  }

  /**
   * Tells the commands of the same user how to reach this process, until it ends; the home must be
   * this process's own, and the HTTP port open. A process that was told to stop before it came to
   * that is an external failure.
   *
   * @param brief whether it ends with the campaign of its own command
   */
  public synchronized void announce(Home home, boolean brief) {
    int port = port();
    if (port == 0 || stopping.getCount() == 0) {
      throw new PieCrustException(FailureCategory.EXTERNAL, "told to stop before it had started");
    }
    pageKey = Optional.of(home.pageKey());
    keep(home.announce(new ServerAddress(port, token, ProcessHandle.current().pid(), brief)));
  }

  /** Where this process is seen. */
  public Instruments instruments() {
    return instruments.get();
  }

  /** Where the API is. */
  public String address() {
    String host = ConfigProvider.getConfig().getValue("quarkus.http.host", String.class);
    return "http://%s:%d/api/v1/campaigns".formatted(host, port());
  }

  /** Where the pages are, for a browser that has been there. */
  public String pages() {
    String host = ConfigProvider.getConfig().getValue("quarkus.http.host", String.class);
    return "http://%s:%d/".formatted(host, port());
  }

  /** Where the pages are, for this user's browser; it lets in whoever has it. */
  public synchronized String entrance() {
    return pageKey.map(key -> key.entrance(pages())).orElseGet(this::pages);
  }

  /** The token of the commands of this user, for requests that this process makes itself. */
  public String token() {
    return token;
  }

  /** The port of the API. */
  public int httpPort() {
    return port();
  }

  private static int port() {
    return ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
  }

  @Produces
  @Singleton
  CampaignService campaigns() {
    return served().campaigns();
  }

  @Produces
  @Singleton
  Reports reports() {
    return served().reports();
  }

  @Produces
  @Singleton
  Stores stores() {
    return served().stores();
  }

  @Produces
  @Singleton
  ArtifactStore artifacts() {
    return served().artifacts();
  }

  @Produces
  @Singleton
  CampaignEstimator estimator() {
    Stores stores = served().stores();
    return new MachineEstimator(
        stores.campaigns(),
        stores.processes(),
        PriceTable.load(Home.ofThisProcess().prices()),
        HubFolders.ofThisProcess());
  }

  @Produces
  @Singleton
  ProgramKind kind() {
    return served().kind();
  }

  @Produces
  @Singleton
  Queues queues() {
    return served().queues();
  }

  @Produces
  @Singleton
  Schedules schedules() {
    return served().schedules();
  }

  @Produces
  @Singleton
  AccessTokens accessTokens() {
    List<AccessToken> fixed = new ArrayList<>(List.of(AccessToken.ofThisUser(token)));
    fixed.addAll(ApiAccess.of(System.getenv()).tokens());
    return new AccessTokens(() -> withPageKey(fixed));
  }

  private synchronized List<AccessToken> withPageKey(List<AccessToken> fixed) {
    List<AccessToken> tokens = new ArrayList<>(fixed);
    pageKey.map(key -> key.token(System.getProperty("user.name"))).ifPresent(tokens::add);
    return tokens;
  }

  /** Waits for so long, or until this process stops; whether it does. */
  public boolean stopsWithin(Duration time) throws InterruptedException {
    return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The command of this process needs nothing any more of what is started here. */
  public void commandEnded() {
    commandEnded.countDown();
  }

  /** First the command, which looks into the database; then what was started, the last first. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping.countDown();
    boolean unused = commandEnded.await(COMMAND_SECONDS, TimeUnit.SECONDS);
    shutdown.close();
  }

  private synchronized Served served() {
    return served.orElseThrow(
        () ->
            new PieCrustException(
                FailureCategory.EXTERNAL, "this process serves no campaigns, or not yet"));
  }
}
