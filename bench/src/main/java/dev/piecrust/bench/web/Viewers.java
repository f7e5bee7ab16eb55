package dev.piecrust.bench.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** People who keep a page open. */
final class Viewers implements AutoCloseable {
  private static final int SECONDS = 10;
  private static final long PATIENCE_NS = 2_000_000_000L;
  private static final double MILLI = 1e6;

  private final List<Socket> sockets = new ArrayList<>();
  private final int port;
  private final String token;

  Viewers(int port, String token) {
    this.port = port;
    this.token = token;
  }

  /**
   * Measures so many.
   *
   * @param statements sent to the database so far
   * @param change something that all must hear of
   */
  ViewerCost measure(int viewers, LongSupplier statements, Runnable change) {
    try {
      long alone = within(statements);
      long heap = heap();
      for (int i = 0; i < viewers; i++) {
        open();
      }
      long together = within(statements);
      long more = heap() - heap;
      drain();
      long start = System.nanoTime();
      change.run();
      double news = untilAllHeard(start);
      return new ViewerCost(
          viewers, Math.max(0, more), Math.max(0, together - alone), SECONDS, news);
    } catch (IOException e) {
      throw PieCrustException.external("the stream of events does not answer", e);
    }
  }

  private void open() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sockets.add(socket);
    String request =
        "GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n"
                .formatted(port)
            + "Authorization: Bearer %s\r\n\r\n".formatted(token);
    socket.getOutputStream().write(request.getBytes(US_ASCII));
  }

  private static long within(LongSupplier statements) {
    long before = statements.getAsLong();
    pause(SECONDS * 1000L);
    return statements.getAsLong() - before;
  }

  private void drain() throws IOException {
    for (Socket socket : sockets) {
      InputStream in = socket.getInputStream();
      in.skipNBytes(in.available());
    }
  }

  private double untilAllHeard(long start) throws IOException {
    for (Socket socket : sockets) {
      while (socket.getInputStream().available() == 0) {
        if (System.nanoTime() - start > PATIENCE_NS) {
          return -1;
        }
        pause(1);
      }
    }
    return (System.nanoTime() - start) / MILLI;
  }

  /** In use after what nobody needs is gone. */
  private static long heap() {
    System.gc();
    pause(500);
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
