package dev.piecrust.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and a server that speaks S3, and does to their talk what it is told. */
public final class HostileNetwork implements AutoCloseable {
  /** What happens to a request. */
  public enum Weather {
    /** Nothing. */
    FAIR,
    /** The answer is 503: SlowDown. */
    SLOW_DOWN,
    /** The connection is reset in the middle of what is read. */
    RESET,
    /** It is closed there, as if all had been said. */
    CUT_SHORT,
    /** One byte of what is read is another. */
    ALTERED
  }

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private static final String SLOW_DOWN_BODY =
      "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

  private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger struck = new AtomicInteger();
  private volatile Weather weather = Weather.FAIR;

  /**
   * @param server its port on this machine
   */
  public HostileNetwork(int server) throws IOException {
    this.server = server;
    inBackground(this::accept);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** From now on, until it is turned again; what was connected is cut. */
  public void turn(Weather to) throws IOException {
    strike(to, Integer.MAX_VALUE);
  }

  /** For so many requests, and then it is fair. */
  public void strike(Weather with, int requests) throws IOException {
    struck.set(0);
    left.set(requests);
    weather = with;
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Number of requests that the present weather has struck. */
  public int struck() {
    return struck.get();
  }

  private void accept() throws IOException {
    while (!door.isClosed()) {
      Socket client = door.accept();
      inBackground(() -> serve(client));
    }
  }

  private void serve(Socket client) throws IOException {
    try (client;
        Socket backend = new Socket(InetAddress.getLoopbackAddress(), server)) {
      open.add(client);
      open.add(backend);
      String request = head(client.getInputStream());
      if (request.isEmpty()) {
        return;
      }
      if (weather == Weather.SLOW_DOWN && strikes()) {
        slowDown(request, client);
        return;
      }
      backend.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      Weather now = weather;
      if (now != Weather.FAIR && request.startsWith("GET ") && strikes()) {
        damage(now, backend.getInputStream(), client);
        return;
      }
      inBackground(() -> relay(client, backend));
      relay(backend, client);
    } finally {
      open.remove(client);
    }
  }

  private boolean strikes() {
    boolean strikes = left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    if (strikes) {
      struck.incrementAndGet();
    }
    return strikes;
  }

  private static void slowDown(String request, Socket client) throws IOException {
    if (!request.toLowerCase(Locale.ROOT).contains("expect: 100-continue")) {
      client.getInputStream().skipNBytes(length(request));
    }
    String body = request.startsWith("HEAD ") ? "" : SLOW_DOWN_BODY;
    String answer =
        "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: %d\r\n"
                .formatted(body.length())
            + "Connection: close\r\n\r\n"
            + body;
    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void damage(Weather how, InputStream from, Socket client) throws IOException {
    String head = head(from);
    byte[] body = from.readNBytes(length(head));
    OutputStream out = client.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    if (how == Weather.ALTERED) {
      body[body.length / 2] ^= 1;
      out.write(body);
    } else {
      out.write(Arrays.copyOf(body, body.length / 2));
    }
    out.flush();
    if (how == Weather.RESET) {
      client.setSoLinger(true, 0);
    }
  }

  private static void relay(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
    to.close();
  }

  /** Start line and headers, with the empty line after them; empty where nothing came. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
      if (next == '\n') {
        text = head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return text;
  }

  private static int length(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  /** Work on sockets, which ends when one of them is closed. */
  private interface Talk {
    void run() throws IOException;
  }

  private static void inBackground(Talk talk) {
    Thread thread =
        new Thread(
            () -> {
              try {
                talk.run();
              } catch (IOException closed) {
                Thread.currentThread().interrupt();
              }
            },
            "hostile-network");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
