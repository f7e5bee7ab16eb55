package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A campaign becomes a run of a real MLflow tracking server, and stays one. */
class MlflowIT {
  private static final Pattern ID = Pattern.compile("small-[0-9a-f]{8}");

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void logsACampaignAsOneRunHoweverOftenItIsExported() throws Exception {
    String mlflow = System.getenv("PIECRUST_MLFLOW");
    assumeTrue(mlflow != null, "PIECRUST_MLFLOW names no mlflow");
    Program program = new Program(folder.resolve("home"));
    Matcher id =
        ID.matcher(
            program.run("run", SmallSpec.write(folder, "fap, random").toString(), "--out", out()));
    assertThat(id.find()).isTrue();
    String address = "http://127.0.0.1:" + FreePort.next();
    Process server = start(Objects.requireNonNull(mlflow), URI.create(address).getPort());
    try {
      await(server, address + "/health");
      assertThat(export(program, id.group(), address)).startsWith("Logged a run of MLflow: ");
      JsonNode first = run(address);
      assertThat(export(program, id.group(), address)).startsWith("Renewed a run of MLflow: ");
      JsonNode second = run(address);
      assertThat(second).isEqualTo(first);
      assertThat(first.at("/info/status").asText()).isEqualTo("FINISHED");
      assertThat(value(first, "params", "prune.methods")).isEqualTo("fap, random");
      assertThat(value(first, "metrics", "ioi/fap/kl_last")).isNotEmpty();
      String runId = first.at("/info/run_id").asText();
      JsonNode history =
          get(address
                  + "/api/2.0/mlflow/metrics/get-history?metric_key=ioi%2Ffap%2Fkl_last&run_id="
                  + runId)
              .path("metrics");
      assertThat(history.findValuesAsText("step")).contains("10", "20").doesNotHaveDuplicates();
      JsonNode files =
          get(address + "/api/2.0/mlflow/artifacts/list?path=csv&run_id=" + runId).path("files");
      assertThat(files.findValuesAsText("path")).contains("csv/fidelity.csv", "csv/per_prompt.csv");
    } finally {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
      server.waitFor();
    }
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private static String export(Program program, String id, String address) throws Exception {
    return program.run("export", id, "--format", "mlflow", "--to", address);
  }

  /** The only run of the experiment. */
  private JsonNode run(String address) throws Exception {
    JsonNode experiment =
        get(address + "/api/2.0/mlflow/experiments/get-by-name?experiment_name=piecrust");
    String query =
        Json.mapper()
            .createObjectNode()
            .set(
                "experiment_ids",
                Json.mapper()
                    .createArrayNode()
                    .add(experiment.at("/experiment/experiment_id").asText()))
            .toString();
    JsonNode found =
        json(
            HttpRequest.newBuilder(URI.create(address + "/api/2.0/mlflow/runs/search"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(query)));
    assertThat(found.path("runs")).hasSize(1);
    return found.at("/runs/0");
  }

  private static String value(JsonNode run, String kind, String key) {
    for (JsonNode one : run.at("/data/" + kind)) {
      if (one.path("key").asText().equals(key)) {
        return one.path("value").asText();
      }
    }
    return "";
  }

  private JsonNode get(String address) throws Exception {
    return json(HttpRequest.newBuilder(URI.create(address)));
  }

  private JsonNode json(HttpRequest.Builder request) throws Exception {
    return Json.mapper().readTree(client.send(request.build(), BodyHandlers.ofString()).body());
  }

  private Process start(String mlflow, int port) throws IOException {
    Path kept = Files.createDirectories(folder.resolve("mlflow"));
    return new ProcessBuilder(
            List.of(
                mlflow,
                "server",
                "--host=127.0.0.1",
                "--port=" + port,
                "--workers=1",
                "--backend-store-uri=sqlite:///" + kept.resolve("mlflow.db"),
                "--artifacts-destination=" + kept.resolve("files")))
        .directory(kept.toFile())
        .redirectErrorStream(true)
        .redirectOutput(kept.resolve("log.txt").toFile())
        .start();
  }

  /** Its first start makes the database, which takes a while. */
  private void await(Process server, String health) throws Exception {
    while (true) {
      assertThat(server.isAlive())
          .as(() -> "MLflow runs; it said " + folder.resolve("mlflow/log.txt"))
          .isTrue();
      try {
        if (client
                .send(HttpRequest.newBuilder(URI.create(health)).build(), BodyHandlers.discarding())
                .statusCode()
            == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(200);
      }
    }
  }
}
