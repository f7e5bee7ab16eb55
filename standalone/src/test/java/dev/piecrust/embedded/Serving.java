package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged program that serves, and what it answers. */
public final class Serving implements AutoCloseable {
  private static final Pattern ANSWERS =
      Pattern.compile("answers at http://127\\.0\\.0\\.1:(\\d+)");

  private static final Pattern PAGES = Pattern.compile("its pages: (\\S+)");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Program.Running running;
  private final int port;

  private Serving(Program.Running running, int port) {
    this.running = running;
    this.port = port;
  }

  /** Starts it and waits until it answers. */
  public static Serving start(Program program) throws IOException, InterruptedException {
    return start(program, 0);
  }

  /**
   * Starts it at a port and waits until it answers.
   *
   * @param port 0 for any that is free
   */
  public static Serving start(Program program, int port) throws IOException, InterruptedException {
    Program.Running running = program.start("serve", "--port", Integer.toString(port));
    while (true) {
      Matcher answers = ANSWERS.matcher(running.printed());
      if (answers.find() && PAGES.matcher(running.printed()).find()) {
        return new Serving(running, Integer.parseInt(answers.group(1)));
      }
      assertThat(running.process().waitFor(20, TimeUnit.MILLISECONDS))
          .as(running.printed())
          .isFalse();
    }
  }

  Process process() {
    return running.process();
  }

  public int port() {
    return port;
  }

  /** Where the pages are, without a way in. */
  public String pages() {
    return "http://127.0.0.1:" + port;
  }

  /** The address that it printed for its user's browser. */
  public String entrance() {
    Matcher pages = PAGES.matcher(running.printed());
    assertThat(pages.find()).as(running.printed()).isTrue();
    return pages.group(1);
  }

  /** A request with a token, or with none where that is empty. */
  public HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  public HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    return send(request(path, token));
  }

  public HttpResponse<String> post(String path, String token, String json)
      throws IOException, InterruptedException {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.build(), head -> endless(head) ? left() : BodySubscribers.ofString(UTF_8));
  }

  /** The same, without waiting. */
  public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static boolean endless(HttpResponse.ResponseInfo head) {
    return head.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
  }

  /** Reads nothing; the answer stays open as long as the client. */
  private static HttpResponse.BodySubscriber<String> left() {
    return BodySubscribers.mapping(BodySubscribers.ofInputStream(), events -> "");
  }

  /** The first line of the answer to a request that no well-behaved client would send. */
  public String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      BufferedReader answer =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      return Optional.ofNullable(answer.readLine()).orElse("");
    }
  }

  /** Stops it as an operator does, and returns its exit status. */
  public int stop() throws InterruptedException {
    running.process().destroy();
    return running.exitStatus();
  }

  @Override
  public void close() {
    running.process().destroyForcibly();
  }
}
