package dev.piecrust.embedded;

import dev.piecrust.api.AccessToken;
import dev.piecrust.control.CampaignService;
import dev.piecrust.report.Reports;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Hands the embedded server to the REST API, and ends it with the application. */
@Singleton
public class EmbeddedBeans {
  private static final int TOKEN_BYTES = 32;

  private final String token;
  private final Shutdown kept = new Shutdown();
  private @Nullable EmbeddedServer server;

  public EmbeddedBeans() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    token = HexFormat.of().formatHex(random);
  }

  /** Starts the server and says in the home how to reach it; the HTTP port is open by then. */
  public synchronized CampaignService start(Home home) {
    EmbeddedServer started = EmbeddedServer.start(home);
    server = started;
    int port = ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class);
    started.announce(new ServerAddress(port, token, ProcessHandle.current().pid()));
    return started.campaigns();
  }

  @Produces
  @Singleton
  CampaignService campaigns() {
    return started().campaigns();
  }

  @Produces
  @Singleton
  Reports reports() {
    return started().reports();
  }

  @Produces
  @Singleton
  AccessToken accessToken() {
    return new AccessToken(token);
  }

  /** Has a part of the program end with the application. */
  public void keep(AutoCloseable part) {
    kept.add(part);
  }

  synchronized void stop(@Observes ShutdownEvent event) {
    kept.close();
    if (server != null) {
      server.close();
      server = null;
    }
  }

  private synchronized EmbeddedServer started() {
    if (server == null) {
      throw new IllegalStateException("the embedded server is not running");
    }
    return server;
  }
}
