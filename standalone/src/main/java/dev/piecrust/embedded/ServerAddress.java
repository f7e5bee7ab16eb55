package dev.piecrust.embedded;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * How the commands of the same user reach the process that owns the home.
 *
 * @param port on 127.0.0.1
 * @param token random; every request must carry it
 * @param pid of the process, for people
 */
public record ServerAddress(int port, String token, long pid) {
  public ServerAddress {
    if (port < 1 || port > 65535) {
      throw user("server.json: port is %d, expected 1 to 65535", port);
    }
    if (token.isBlank()) {
      throw user("server.json: the token is empty");
    }
  }

  @Override
  public String toString() {
    return "127.0.0.1:%d (process %d)".formatted(port, pid);
  }
}
