package dev.piecrust.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that answers by itself, always the same, and remembers what it was asked. */
public final class StandInProxy implements AutoCloseable {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final ServerSocket socket;
  private final String answer;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /**
   * @param status such as {@code 200 OK}
   * @param headers with their names, such as {@code Retry-After: 3}
   */
  public StandInProxy(String status, String body, String... headers) throws IOException {
    answer =
        "HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(
                status,
                headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n",
                body.length(),
                body);
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "stand-in proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** {@code HOST:PORT}. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** The first lines of all requests. */
  public List<String> lines() {
    return heads.stream().map(head -> head.lines().findFirst().orElse("")).toList();
  }

  /** Whether the last request had this header line. */
  public boolean told(String line) {
    return heads.get(heads.size() - 1).lines().anyMatch(line::equalsIgnoreCase);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        String head = head(client.getInputStream());
        heads.add(head);
        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
      } catch (IOException e) {
        // A client that went away, or the end.
      }
    }
  }

  /** All that is sent with the request is taken, so that the answer is not lost in a reset. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END_OF_HEAD) < 0) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      head.append((char) next);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
            .findFirst()
            .orElse(0);
    in.readNBytes(length);
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
