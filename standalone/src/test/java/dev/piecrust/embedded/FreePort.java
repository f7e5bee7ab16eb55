package dev.piecrust.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that is started in a moment. It is one that the system gives to nobody by
 * itself: what it hands out for outgoing connections and for port 0 begins at 32768, and a test
 * beside this one, in another process, could be given the same.
 */
public final class FreePort {
  private static final int FIRST = 10_240;
  private static final int END = 32_768;

  private FreePort() {}

  public static int next() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (ServerSocket free = new ServerSocket(port)) {
        return free.getLocalPort();
      } catch (BindException e) {
        // Another one, then.
      }
    }
  }
}
