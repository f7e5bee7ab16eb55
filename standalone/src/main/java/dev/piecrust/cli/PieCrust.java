package dev.piecrust.cli;

import dev.piecrust.cli.terminal.Terminal;
import dev.piecrust.http.EnvironmentProxies;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The program. It starts without a server, so that {@code --help}, {@code task} or {@code doctor}
 * answer at once; a command that needs one starts it and is then run inside ({@link
 * ServedCommand}).
 */
@QuarkusMain
public final class PieCrust {
  private PieCrust() {}

  public static void main(String... args) {
    Terminal.cleanThisProcess();
    EnvironmentProxies.allowCredentials();
    System.exit(CommandLines.execute(Session.withoutServer(args), args));
  }
}
