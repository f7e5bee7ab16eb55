package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program behind a proxy. */
class ProxyIT {
  private static final int USER_ERROR = 2;
  private static final String REFUSAL =
      String.join(
          "\r\n",
          "HTTP/1.1 407 Proxy Authentication Required",
          "Proxy-Authenticate: Basic realm=lab",
          "Content-Length: 0",
          "",
          "");

  @TempDir Path folder;
  private Program program = new Program(Path.of(""));

  @BeforeEach
  void start() {
    program =
        new Program(folder.resolve("home"))
            .with("HF_ENDPOINT", "https://hub.example")
            .with("HF_TOKEN", "")
            .with("HF_HUB_CACHE", folder.resolve("hub").toString())
            .with("NO_PROXY", "")
            .with("no_proxy", "");
  }

  @Test
  void asksForATunnelWithThePasswordAndSaysThatItWasRefused() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<List<String>> asked = CompletableFuture.supplyAsync(() -> refuseOne(proxy));
      program.with("https_proxy", "http://me:s%3Acret@127.0.0.1:" + proxy.getLocalPort());
      assertThat(failing())
          .isEqualTo(
              "piecrust: the proxy before https://hub.example wants another name or password,"
                  + " expected HTTPS_PROXY to be http://USER:PASSWORD@HOST:PORT");
      assertThat(asked.get(1, TimeUnit.MINUTES))
          .contains("CONNECT hub.example:443 HTTP/1.1", "Proxy-Authorization: Basic bWU6czpjcmV0");
    }
  }

  @Test
  void saysWhatAProxyIs() throws Exception {
    program.with("https_proxy", "socks5://me:secret@proxy:1080");
    assertThat(failing())
        .isEqualTo(
            "piecrust: HTTPS_PROXY is 'socks5://…@proxy:1080', expected http://HOST:PORT or"
                + " http://USER:PASSWORD@HOST:PORT");
  }

  private String failing() throws IOException, InterruptedException {
    Program.Running fetch = program.start("fetch", "hf://org/model");
    assertThat(fetch.exitStatus()).as(fetch.printed()).isEqualTo(USER_ERROR);
    return fetch.printed().strip();
  }

  /** The head of the first request. */
  private static List<String> refuseOne(ServerSocket proxy) {
    try (Socket client = proxy.accept()) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      List<String> head =
          Stream.generate(() -> line(in)).takeWhile(line -> !line.isEmpty()).toList();
      client.getOutputStream().write(REFUSAL.getBytes(ISO_8859_1));
      return head;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(BufferedReader in) {
    try {
      String line = in.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
