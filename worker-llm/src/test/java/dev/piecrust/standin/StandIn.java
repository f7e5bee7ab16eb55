package dev.piecrust.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A local server that speaks the formats of OpenAI and Anthropic, with limits that it enforces,
 * answers that take their time, and faults in turn.
 */
public final class StandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Meter meter;
  private final Behaviour behaviour;
  private final Tally tally = new Tally();
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * How it answers.
   *
   * @param fastest answer
   * @param slowest answer
   * @param faults in turn
   * @param every how many requests there is one of them
   * @param stall how long a stalled answer takes
   */
  public record Behaviour(
      Duration fastest, Duration slowest, List<Fault> faults, int every, Duration stall) {
    /** Always right, and at once. */
    public static Behaviour perfect() {
      return new Behaviour(Duration.ofMillis(1), Duration.ofMillis(2), List.of(), 1, Duration.ZERO);
    }
  }

  private StandIn(HttpServer server, Meter meter, Behaviour behaviour) {
    this.server = server;
    this.meter = meter;
    this.behaviour = behaviour;
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", x -> serve(x, Format.OPENAI));
    server.createContext("/v1/messages", x -> serve(x, Format.ANTHROPIC));
  }

  public static StandIn start(Meter meter, Behaviour behaviour) throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    StandIn standIn = new StandIn(HttpServer.create(here, 0), meter, behaviour);
    standIn.server.start();
    return standIn;
  }

  /** Up to and including {@code /v1}. */
  public String baseUrl() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  public Meter meter() {
    return meter;
  }

  /** What it was asked, and how often it gave its whole answer. */
  public Tally tally() {
    return tally;
  }

  private void serve(HttpExchange exchange, Format format) throws IOException {
    try (exchange) {
      JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
      Optional<Long> wait = meter.arrives(Format.ratedTokens(request));
      if (wait.isPresent()) {
        exchange.getResponseHeaders().set("Retry-After", String.valueOf(wait.get()));
        send(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}");
        return;
      }
      tally.asked(Format.answer(request));
      answer(exchange, format, request, fault());
    }
  }

  private Fault fault() {
    int number = turn.incrementAndGet();
    List<Fault> faults = behaviour.faults();
    return faults.isEmpty() || number % behaviour.every() != 0
        ? Fault.NONE
        : faults.get(number / behaviour.every() % faults.size());
  }

  private void answer(HttpExchange exchange, Format format, JsonNode request, Fault fault)
      throws IOException {
    if (fault == Fault.TOO_MANY) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      send(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}");
      return;
    }
    sleep(
        ThreadLocalRandom.current()
            .nextLong(behaviour.fastest().toMillis(), behaviour.slowest().toMillis()));
    String body = format.reply(request, Used.reported(request, fault)).toString();
    if (fault != Fault.SERVER_ERROR) {
      tally.charged(Used.truly(request, fault), fault);
    }
    switch (fault) {
      case SERVER_ERROR -> send(exchange, 500, "{\"error\": {\"message\": \"oops\"}}");
      case STALL -> sleep(behaviour.stall().toMillis());
      case RESET -> {
        // Nothing is said, and the connection ends.
      }
      case DOUBLED -> send(exchange, 200, body + body);
      case CUT -> {
        exchange.sendResponseHeaders(200, body.length() + 100L);
        exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8), 0, 20);
        exchange.getResponseBody().flush();
      }
      case INVALID_JSON -> send(exchange, 200, body.substring(0, body.length() / 2));
      case WRONG_SHAPE -> send(exchange, 200, "{\"hello\": [\"world\"]}");
      case TOO_MANY -> throw new IllegalStateException("was answered above");
      default -> {
        send(exchange, 200, body);
        tally.answered(Format.answer(request));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
