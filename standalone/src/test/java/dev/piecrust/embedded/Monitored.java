package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a monitoring system sees of a process. */
public record Monitored(int port) {
  private static final long PATIENCE_MS = 120_000;

  /** At a port that is free. */
  public static Monitored atFreePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return new Monitored(socket.getLocalPort());
    }
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

  /** Waits until a path answers so, and returns what it says. */
  public String await(String path, int status) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    String last = "";
    while (System.currentTimeMillis() < end) {
      try {
        HttpResponse<String> response = get(path);
        last = response.statusCode() + " " + response.body();
        if (response.statusCode() == status) {
          return response.body();
        }
      } catch (IOException e) {
        last = e.toString();
      }
      Thread.sleep(100);
    }
    assertThat(last).as("%s of port %d", path, port).startsWith(Integer.toString(status));
    return last;
  }
}
