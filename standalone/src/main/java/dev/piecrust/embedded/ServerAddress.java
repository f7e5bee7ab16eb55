package dev.piecrust.embedded;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.Bounds;

/**
 * How the commands of the same user reach the process that owns the home.
 *
 * @param port on 127.0.0.1
 * @param token random; every request must carry it
 * @param pid of the process
 * @param brief whether it ends with the campaign of its own command, and nobody starts it again
 */
public record ServerAddress(int port, String token, long pid, boolean brief) {
  public ServerAddress {
    Bounds.between("server.json: port", port, 1, 65535);
    if (token.isBlank()) {
      throw user("server.json: token is empty, expected what 'serve' wrote");
    }
  }

  @Override
  public String toString() {
    return "127.0.0.1:%d (process %d)".formatted(port, pid);
  }
}
