package dev.piecrust.bench.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A local server for measurements: it answers every question with yes, after so long. */
final class BenchServer implements AutoCloseable {
  private static final byte[] REPLY =
      """
      {"id": "1", "object": "chat.completion", "created": 1, "model": "bench",
       "choices": [{"index": 0, "finish_reason": "stop",
                    "message": {"role": "assistant", "content": "{\\"answer\\": \\"yes\\"}"}}],
       "usage": {"prompt_tokens": 20, "completion_tokens": 10, "total_tokens": 30}}
      """
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Duration latency;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong busyNanos = new AtomicLong();

  private BenchServer(HttpServer server, Duration latency) {
    this.server = server;
    this.latency = latency;
  }

  static BenchServer start(Duration latency) {
    try {
      InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      BenchServer started = new BenchServer(HttpServer.create(here, 0), latency);
      started.server.setExecutor(started.threads);
      started.server.createContext("/v1/chat/completions", started::answer);
      started.server.start();
      return started;
    } catch (IOException e) {
      throw PieCrustException.external("the benchmark's server could not be started", e);
    }
  }

  /** Up to and including {@code /v1}. */
  String baseUrl() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  long requests() {
    return requests.get();
  }

  /** How long it worked on a request in the mean, in ms, from its arrival to its last byte. */
  double meanMs() {
    return busyNanos.get() / 1e6 / Math.max(1, requests.get());
  }

  private void answer(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Thread.sleep(latency.toMillis());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, REPLY.length);
      exchange.getResponseBody().write(REPLY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    requests.incrementAndGet();
    busyNanos.addAndGet(System.nanoTime() - start);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
