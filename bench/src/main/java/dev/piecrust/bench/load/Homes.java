package dev.piecrust.bench.load;

import java.nio.file.Path;
import java.util.Optional;

/** How a program of this kind is given a home, and found in it. */
public interface Homes {
  /** The name of the environment variable with the home. */
  String variable();

  /** Where the process that owns a home serves, once it does. */
  Optional<Endpoint> owner(Path home);

  /**
   * Where a program serves.
   *
   * @param port on 127.0.0.1
   * @param token that every request must carry
   */
  record Endpoint(int port, String token) {}
}
