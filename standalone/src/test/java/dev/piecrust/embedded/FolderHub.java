package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Serves the folders of a folder as the hub serves repositories, each with one commit. */
final class FolderHub implements AutoCloseable {
  private static final Pattern LISTING = Pattern.compile("/api/models/demo/(\\w+)/revision/.*");
  private static final Pattern CONTENT = Pattern.compile("/demo/(\\w+)/resolve/\\w+/(.+)");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private static final int LARGE = 1_000_000;
  private static final int TRICKLE = 1_000;
  private static final long PAUSE_MS = 200;

  private final Path folder;
  private final HttpServer server;
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean slow;
  private final Map<String, Long> claimed = new ConcurrentHashMap<>();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private volatile String commit = "0".repeat(40);

  FolderHub(Path folder) throws IOException {
    this.folder = folder;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.setExecutor(
        task -> {
          Thread thread = new Thread(task, "hub");
          thread.setDaemon(true);
          thread.start();
        });
    server.start();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on the second half of a large file comes a kilobyte at a time. */
  void slow(boolean on) {
    slow = on;
  }

  /** From now on all repositories are at this commit. */
  void move(String to) {
    commit = to;
  }

  String commit() {
    return commit;
  }

  /** Bytes of contents since this was last asked. */
  long sent() {
    return sent.getAndSet(0);
  }

  /** From now on the listings say that all files of this name have so many bytes. */
  void claim(String file, long bytes) {
    claimed.put(file, bytes);
  }

  /** From now on the listings say what is true. */
  void claimNothing() {
    claimed.clear();
  }

  /** The names of the files of which something was asked for. */
  Set<String> asked() {
    return Set.copyOf(asked);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Matcher listing = LISTING.matcher(path);
    Matcher content = CONTENT.matcher(path);
    try (exchange) {
      if (listing.matches()) {
        byte[] json = Json.write(listing(folder.resolve(listing.group(1)))).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
      } else if (content.matches()) {
        asked.add(content.group(2));
        send(
            exchange,
            Files.readAllBytes(folder.resolve(content.group(1)).resolve(content.group(2))));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private Map<String, Object> listing(Path repository) throws IOException {
    List<Object> siblings = new ArrayList<>();
    try (var files = Files.list(repository)) {
      for (Path file : files.sorted().toList()) {
        byte[] content = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        long size = claimed.getOrDefault(name, (long) content.length);
        Map<String, Object> lfs = Map.of("sha256", Sha256.of(content), "size", size);
        siblings.add(Map.of("rfilename", name, "lfs", lfs));
      }
    }
    return Map.of("sha", commit, "siblings", siblings);
  }

  private void send(HttpExchange exchange, byte[] content) throws IOException {
    Matcher range = RANGE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
    byte[] wanted = content;
    if (range.matches()) {
      int to = range.group(2).isEmpty() ? content.length : Integer.parseInt(range.group(2)) + 1;
      wanted = Arrays.copyOfRange(content, Integer.parseInt(range.group(1)), to);
    }
    sent.addAndGet(wanted.length);
    exchange.sendResponseHeaders(range.matches() ? 206 : 200, wanted.length);
    OutputStream body = exchange.getResponseBody();
    int at = wanted.length < LARGE ? 0 : wanted.length / 2;
    body.write(wanted, 0, at);
    while (slow && wanted.length >= LARGE && at < wanted.length) {
      int end = Math.min(at + TRICKLE, wanted.length);
      body.write(wanted, at, end - at);
      body.flush();
      at = end;
      pause();
    }
    body.write(wanted, at, wanted.length - at);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
