package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside a running program, through its REST API. */
class BesideIT {
  @TempDir Path folder;

  @Test
  void statusAndCancelReachTheRunningProgram() throws Exception {
    Program program = new Program(folder.resolve("home"));
    Program.Running demo = program.start("demo", "--out", folder.resolve("out").toString());
    while (program.artifacts() < 2) {
      assertThat(demo.process().waitFor(10, TimeUnit.MILLISECONDS)).as(demo.printed()).isFalse();
    }
    Program.Running status = program.start("status");
    assertThat(status.exitStatus()).as(status.printed()).isZero();
    String id = status.printed().replaceAll("(?s).*?(demo-[0-9a-f]{8}).*", "$1");
    assertThat(program.run("status", "demo")).contains(id + "  running");

    assertThat(withoutToken("/api/v1/campaigns")).isEqualTo(401);

    Program.Running cancel = program.start("cancel", "demo");
    assertThat(cancel.exitStatus()).as(cancel.printed()).isZero();
    assertThat(demo.exitStatus()).as(demo.printed()).isEqualTo(3);
    assertThat(demo.printed()).contains("cancelled");

    Program.Running after = program.start("status", id);
    assertThat(after.exitStatus()).as(after.printed()).isZero();
    assertThat(after.printed()).contains("cancelled");
  }

  private int withoutToken(String path) throws Exception {
    String json = Files.readString(folder.resolve("home/server.json"));
    String port = json.replaceAll("(?s).*\"port\"\\s*:\\s*(\\d+).*", "$1");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}
