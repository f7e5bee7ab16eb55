package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.cluster.ControlPlane;
import dev.piecrust.cluster.Drain;
import dev.piecrust.cluster.Installation;
import dev.piecrust.embedded.EmbeddedServer;
import dev.piecrust.embedded.HomeLock;
import dev.piecrust.serve.ApiAccess;
import dev.piecrust.serve.HttpAddress;
import dev.piecrust.serve.ServedBeans;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves campaigns until it is told to stop. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Serves campaigns until SIGTERM or Ctrl-C, with pages and a REST API.",
      "",
      "By itself it is the whole program, for the user of this machine alone. With"
          + " PIECRUST_DATABASE_URL set it is the control plane of that installation: the"
          + " workflows of campaigns and the API over them. One is enough, two survive the"
          + " loss of one.",
      "",
      "It listens on 127.0.0.1; the API's token is in server.json in the home, and the"
          + " address that is printed lets a browser in. Others are let in by"
          + " PIECRUST_OIDC_ISSUER and PIECRUST_OIDC_CLIENT_ID (roles viewer, operator and"
          + " admin), by PIECRUST_API_TOKEN, or to look by PIECRUST_VIEW_TOKEN; then"
          + " QUARKUS_HTTP_HOST may be another address."
    })
final class ServeCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);

  private final Session session;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "Sets the port of the API, 0 for any that is free (default: QUARKUS_HTTP_PORT, else"
              + " 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "20",
      description =
          "Sets how long what is under way in an installation may go on after SIGTERM"
              + " (default: ${DEFAULT-VALUE}).")
  private int drain;

  @Option(
      names = "--until-input-ends",
      description =
          "Stops too when its standard input ends, as it does with the program that started it.")
  private boolean untilInputEnds;

  ServeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Duration patience = Drain.of(drain);
    HttpAddress address = HttpAddress.of(System.getenv(), Optional.ofNullable(port));
    ApiAccess access = ApiAccess.of(System.getenv());
    Optional<Installation> installation = Installation.ofThisProcess();
    if (installation.isEmpty()) {
      refuseASecondOwner();
    }
    session.beforeTheApplication(
        () -> {
          session.home().requireRoom();
          address.requireFree("--port or " + HttpAddress.PORT);
          HttpAddress.ofManagement(System.getenv()).requireFree(HttpAddress.MANAGEMENT_PORT);
        });
    return session.untilStopped(
        access.settings(address),
        beans -> {
          if (installation.isPresent()) {
            controlPlane(beans, installation.get(), patience, access);
          } else {
            embedded(beans);
          }
          if (untilInputEnds) {
            stopAtTheEndOf(System.in);
          }
        });
  }

  private void refuseASecondOwner() {
    session
        .otherOwner()
        .ifPresent(
            owner -> {
              throw user(
                  "%s is served already at %s, expected that one to be stopped, or another"
                      + " PIECRUST_HOME",
                  session.home().folder(), owner);
            });
  }

  private void controlPlane(
      ServedBeans beans, Installation installation, Duration patience, ApiAccess access) {
    if (access.isForThisUserAlone()) {
      beans.keep(ownHome());
    }
    ControlPlane started =
        beans.serve(() -> ControlPlane.start(installation, patience, beans.instruments()));
    if (access.isForThisUserAlone()) {
      beans.announce(session.home(), false);
    }
    say("takes work from %s, and answers at %s", started.temporal(), beans.address());
    say("its pages: %s", beans.entrance());
  }

  private void embedded(ServedBeans beans) {
    beans.serve(() -> EmbeddedServer.start(session.home(), beans.instruments()));
    beans.announce(session.home(), false);
    say("answers at %s", beans.address());
    say("its pages: %s", beans.entrance());
  }

  /** Its {@code server.json} must not be another process's. */
  private HomeLock ownHome() {
    return session
        .home()
        .tryLock()
        .orElseThrow(
            () ->
                user(
                    "%s is in use by another PieCrust, expected that one to end, or another"
                        + " PIECRUST_HOME",
                    session.home().folder()));
  }

  private static void stopAtTheEndOf(InputStream input) {
    Thread thread =
        new Thread(
            () -> {
              try {
                input.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                LOG.info("the standard input failed", e);
              }
              Quarkus.asyncExit();
            },
            "piecrust-input");
    thread.setDaemon(true);
    thread.start();
  }

  private void say(String format, Object... arguments) {
    session.terminal().out().printf("piecrust " + format + "%n", arguments);
  }
}
