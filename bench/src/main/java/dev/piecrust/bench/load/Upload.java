package dev.piecrust.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * An upload that no limit allows.
 *
 * @param status of the answer; 0 for none
 * @param sentBytes before the server had enough
 */
public record Upload(int status, long sentBytes) {
  private static final int PIECE = 1 << 16;
  private static final int PATIENCE_MS = 30_000;

  /** Tries to send so many bytes, in chunks of unknown number or with their number said first. */
  static Upload of(int port, String token, long bytes, boolean chunked) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MS);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST /api/v1/campaigns HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
                      .formatted(port, token)
                  + "Content-Type: application/json\r\n"
                  + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + bytes)
                  + "\r\n\r\n")
              .getBytes(US_ASCII));
      long sent = send(socket, bytes, chunked);
      return new Upload(status(socket), sent);
    }
  }

  /** Sends until all is sent, there is an answer, or nobody takes any more. */
  private static long send(Socket socket, long bytes, boolean chunked) {
    byte[] piece = new byte[PIECE];
    long sent = 0;
    try {
      OutputStream out = socket.getOutputStream();
      while (sent < bytes && socket.getInputStream().available() == 0) {
        if (chunked) {
          out.write((Integer.toHexString(PIECE) + "\r\n").getBytes(US_ASCII));
        }
        out.write(piece);
        if (chunked) {
          out.write("\r\n".getBytes(US_ASCII));
        }
        sent += PIECE;
      }
    } catch (IOException e) {
      return sent; // refused, which may be faster than the answer that says so
    }
    return sent;
  }

  private static int status(Socket socket) {
    try {
      String line =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
      return line != null && line.matches("HTTP/1.1 \\d{3}.*")
          ? Integer.parseInt(line.substring(9, 12))
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
