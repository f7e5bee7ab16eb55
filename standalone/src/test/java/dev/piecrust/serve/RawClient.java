package dev.piecrust.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends what no well-behaved client would, piece by piece. */
final class RawClient implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("content-length: (\\d+)");
  private static final int PATIENCE_MS = 120_000;

  private final Socket socket;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  static RawClient to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MS);
    return new RawClient(socket);
  }

  /** An answer; the head has its status and headers. */
  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }
  }

  void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer answer() {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("the answer ends after '" + head + "'");
        }
        head.append((char) next);
      }
      Matcher length = LENGTH.matcher(head.toString().toLowerCase(Locale.ROOT));
      int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
      return new Answer(head.toString(), new String(in.readNBytes(bytes), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
