package dev.piecrust.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

/** What a monitoring system sees of a process. */
public record Monitored(int port) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** At a port that is free. */
  public static Monitored atFreePort() throws IOException {
    return new Monitored(FreePort.next());
  }

  /** Has a program show itself here. */
  public Program with(Program program) {
    return program.with("QUARKUS_MANAGEMENT_PORT", Integer.toString(port));
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI address = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until a path answers with a status, and returns what it says. */
  public String await(String path, int status) throws InterruptedException {
    return await(path, answer -> answer.statusCode() == status, Integer.toString(status));
  }

  /** Waits until what a path says contains a text, and returns all that it says. */
  public String await(String path, String text) throws InterruptedException {
    return await(path, answer -> answer.body().contains(text), text);
  }

  private String await(String path, Predicate<HttpResponse<String>> wanted, String described)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() < end) {
      try {
        HttpResponse<String> response = get(path);
        last = response.statusCode() + " " + response.body();
        if (wanted.test(response)) {
          return response.body();
        }
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(100);
    }
    throw new AssertionError(
        "%s of port %d never said %s: %s".formatted(path, port, described, last));
  }
}
