package dev.piecrust.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Behaves like the hub: repositories with commits, whose small files it serves itself, and whose
 * large ones it redirects to another host. Faults are played one a request, in order.
 */
public final class StandInHub implements AutoCloseable {
  /** What was asked, and where. */
  public record Asked(
      boolean elsewhere, String method, String path, String range, String authorization) {}

  /** Plays a content, or something else in its place. */
  @FunctionalInterface
  interface Fault {
    void play(HttpExchange exchange, byte[] content) throws IOException;
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpServer hub = server();
  private final HttpServer other = server();
  private final Map<String, StandInRepository> repositories = new ConcurrentHashMap<>();
  private final Map<String, byte[]> large = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Deque<Fault> faults = new ArrayDeque<>();

  public StandInHub() {
    hub.createContext("/", exchange -> logged(exchange, false, this::answer));
    other.createContext("/", exchange -> logged(exchange, true, this::content));
    hub.start();
    other.start();
  }

  private HttpServer server() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      return server;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where it is. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  /** The settings of a machine with this cache and no token. */
  public HubSettings settings(Path cache) {
    return new HubSettings(endpoint(), Optional.empty(), false, cache);
  }

  /** Makes files the newest commit of a repository, and returns the commit. */
  public String push(String repository, Map<String, byte[]> files) {
    StandInRepository there =
        repositories.computeIfAbsent(repository, name -> new StandInRepository());
    files.values().forEach(content -> large.put(Sha256.of(content), content));
    return there.push(files);
  }

  /** The newest commit of a repository. */
  StandInRepository repository(String name) {
    return requireNonNull(repositories.get(name), name);
  }

  /** Plays this in place of the next answer with the content of a large file. */
  void next(Fault fault) {
    faults.add(fault);
  }

  /** All that was asked, in order. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** What was asked of the contents of large files. */
  public List<Asked> contents() {
    return asked.stream().filter(Asked::elsewhere).toList();
  }

  /** Forgets what was asked. */
  public void forget() {
    asked.clear();
  }

  /** Sends so much of a content, and cuts the connection. */
  static Fault cutAt(double share) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content, 0, (int) (share * content.length));
    };
  }

  /** Sends so much of a content, and nothing more until everything ends. */
  Fault stallAt(double share) {
    return (exchange, content) -> {
      exchange.sendResponseHeaders(200, content.length);
      OutputStream body = exchange.getResponseBody();
      body.write(content, 0, (int) (share * content.length));
      body.flush();
      await();
    };
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends another content of the same length. */
  static Fault wrong() {
    return (exchange, content) -> {
      byte[] other = content.clone();
      other[other.length / 2] ^= 1;
      exchange.sendResponseHeaders(200, other.length);
      exchange.getResponseBody().write(other);
    };
  }

  /** Refuses with a status, and headers such as {@code Retry-After=3}. */
  static Fault status(int status, String... headers) {
    return (exchange, content) -> {
      for (String header : headers) {
        String[] parts = header.split("=", 2);
        exchange.getResponseHeaders().set(parts[0], parts[1]);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void logged(HttpExchange exchange, boolean elsewhere, Answer answer) throws IOException {
    asked.add(
        new Asked(
            elsewhere,
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            header(exchange, "Range"),
            header(exchange, "Authorization")));
    try (exchange) {
      answer.to(exchange);
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  /** {@code /api/models/ORG/REPO/revision/REV}, or {@code /ORG/REPO/resolve/REV/FILE}. */
  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean listing = path.startsWith("/api/models/");
    String[] parts = path.substring(listing ? "/api/models/".length() : 1).split("/", 5);
    StandInRepository repository = repositories.get(parts[0] + "/" + parts[1]);
    if (repository == null) {
      status(401, "X-Error-Code=RepoNotFound").play(exchange, new byte[0]);
    } else if (repository.refusal(header(exchange, "Authorization")).isPresent()) {
      repository.refusal(header(exchange, "Authorization")).get().play(exchange, new byte[0]);
    } else if (repository.commit(parts[3]).isEmpty()) {
      status(404, "X-Error-Code=RevisionNotFound").play(exchange, new byte[0]);
    } else if (listing) {
      String json = Json.write(repository.listing(repository.commit(parts[3]).get()));
      StandInRepository.send(exchange, json.getBytes(UTF_8));
    } else {
      repository.file(exchange, repository.commit(parts[3]).get(), parts[4], this::elsewhere);
    }
  }

  private String elsewhere(String sha256) {
    return "http://127.0.0.1:%d/contents/%s?signature=x"
        .formatted(other.getAddress().getPort(), sha256);
  }

  private void content(HttpExchange exchange) throws IOException {
    String sha256 = exchange.getRequestURI().getPath().substring("/contents/".length());
    byte[] content = requireNonNull(large.get(sha256), sha256);
    Optional<Fault> fault = fault();
    if (fault.isPresent()) {
      fault.get().play(exchange, content);
    } else {
      StandInRepository.send(exchange, content);
    }
  }

  private synchronized Optional<Fault> fault() {
    return Optional.ofNullable(faults.poll());
  }

  @Override
  public void close() {
    end.countDown();
    hub.stop(0);
    other.stop(0);
    threads.shutdownNow();
  }
}
