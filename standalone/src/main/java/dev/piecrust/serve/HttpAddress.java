package dev.piecrust.serve;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.SharedUse;
import dev.piecrust.failure.Bounds;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;

/**
 * Where the REST API is to be found.
 *
 * @param host the interface, by default 127.0.0.1
 * @param port by default {@value #DEFAULT_PORT}; 0 for any that is free
 */
public record HttpAddress(String host, int port) {
  public static final int DEFAULT_PORT = 8080;

  private static final int LAST_PORT = 65535;

  /** Names, for commands, the address of a PieCrust elsewhere. */
  public static final String SERVER = "PIECRUST_SERVER";

  public static final String HOST = SharedUse.HTTP_HOST;
  public static final String PORT = "QUARKUS_HTTP_PORT";

  public static final String MANAGEMENT_HOST = "QUARKUS_MANAGEMENT_HOST";
  public static final String MANAGEMENT_PORT = "QUARKUS_MANAGEMENT_PORT";

  public HttpAddress {
    Bounds.between("the port", port, 0, LAST_PORT);
  }

  /** The address that the environment names; a port that the command line names comes first. */
  public static HttpAddress of(Map<String, String> environment, Optional<Integer> port) {
    return new HttpAddress(
        environment.getOrDefault(HOST, "127.0.0.1"),
        port.orElseGet(
            () ->
                Bounds.whole(
                    PORT, environment.getOrDefault(PORT, "" + DEFAULT_PORT), 0, LAST_PORT)));
  }

  /** Where metrics and health are, as the environment says; by default at any free port. */
  public static HttpAddress ofManagement(Map<String, String> environment) {
    return new HttpAddress(
        environment.getOrDefault(MANAGEMENT_HOST, "127.0.0.1"),
        Bounds.whole(
            MANAGEMENT_PORT, environment.getOrDefault(MANAGEMENT_PORT, "0"), 0, LAST_PORT));
  }

  /**
   * Goes on only where this process may listen there; a taken port is a user error.
   *
   * @param how to name another
   */
  public void requireFree(String how) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true); // what a process left that ended a moment ago is in no one's way
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw user(
          "port %d on %s is taken or not for this user (%s), expected one that is free, as %s names"
              + " it",
          port, host, String.valueOf(e.getMessage()), how);
    }
  }

  /** The same as settings of the application. */
  public Map<String, String> settings() {
    return Map.of("quarkus.http.host", host, "quarkus.http.port", Integer.toString(port));
  }
}
