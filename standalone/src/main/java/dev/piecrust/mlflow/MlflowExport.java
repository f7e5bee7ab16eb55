package dev.piecrust.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Json;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.ExportFormat;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Logs a campaign as a run: what was asked as parameters, means by budget as metrics, tables and
 * the report as files. A run carries the campaign's id as a tag, by which it is found again.
 */
public final class MlflowExport {
  private static final String CAMPAIGN = "piecrust.campaign";
  private static final List<ExportFormat> FILES = List.of(ExportFormat.CSV, ExportFormat.HTML);
  private static final String SERVED = "mlflow-artifacts";

  /** MLflow takes so many of each in one request. */
  private static final int MOST_METRICS = 500;

  private static final int MOST_PARAMETERS = 100;

  private final CampaignService campaigns;
  private final MlflowAddress address;
  private final MlflowServer server;

  public MlflowExport(CampaignService campaigns, MlflowAddress address) {
    this.campaigns = campaigns;
    this.address = address;
    this.server = new MlflowServer(address);
  }

  /**
   * What was logged.
   *
   * @param page of the run
   * @param renewed whether the campaign had a run already
   * @param filesLeftOut where the server keeps files, if they cannot be sent through it
   */
  public record Logged(URI page, boolean renewed, Optional<String> filesLeftOut) {}

  /**
   * Logs a campaign into an experiment, which is made where it is missing. What MLflow refuses is
   * an error of one sentence.
   *
   * @param scratch an empty folder for the files
   */
  public Logged log(String campaignId, String experiment, Path scratch) {
    CampaignStatus status = campaigns.status(campaignId);
    FILES.forEach(format -> campaigns.export(campaignId, format, scratch.resolve(format.label())));
    String experimentId = experiment(experiment);
    Optional<JsonNode> known = find(experimentId, campaignId);
    JsonNode run = known.orElseGet(() -> create(experimentId, status));
    String runId = run.at("/info/run_id").asText();
    logParameters(run, manifest(scratch).path("spec"));
    logMetrics(runId, status);
    Optional<String> leftOut = putFiles(run.at("/info/artifact_uri").asText(), scratch);
    end(runId, status);
    return new Logged(
        URI.create("%s/#/experiments/%s/runs/%s".formatted(address.uri(), experimentId, runId)),
        known.isPresent(),
        leftOut);
  }

  private String experiment(String name) {
    return server
        .get("mlflow/experiments/get-by-name?experiment_name=" + MlflowServer.encoded(name))
        .map(found -> found.at("/experiment/experiment_id").asText())
        .orElseGet(
            () ->
                server
                    .post("mlflow/experiments/create", object().put("name", name))
                    .path("experiment_id")
                    .asText());
  }

  private Optional<JsonNode> find(String experimentId, String campaignId) {
    ObjectNode query = object();
    query.putArray("experiment_ids").add(experimentId);
    query.put("filter", "tags.`%s` = '%s'".formatted(CAMPAIGN, campaignId));
    query.put("max_results", 1);
    return Optional.of(server.post("mlflow/runs/search", query).at("/runs/0"))
        .filter(JsonNode::isObject);
  }

  private JsonNode create(String experimentId, CampaignStatus status) {
    ObjectNode body = object();
    body.put("experiment_id", experimentId);
    body.put("run_name", status.id());
    body.put("start_time", status.createdAt().toEpochMilli());
    ArrayNode tags = body.putArray("tags");
    tags.add(pair(CAMPAIGN, status.id()));
    tags.add(pair("mlflow.source.name", "PieCrust"));
    return server.post("mlflow/runs/create", body).path("run");
  }

  /** Parameters of a run cannot be changed: only those that it lacks are logged. */
  private void logParameters(JsonNode run, JsonNode spec) {
    Set<String> known = new HashSet<>();
    run.at("/data/params").forEach(parameter -> known.add(parameter.path("key").asText()));
    List<ObjectNode> parameters =
        RunData.parameters(spec).entrySet().stream()
            .filter(parameter -> !known.contains(parameter.getKey()))
            .map(parameter -> pair(parameter.getKey(), parameter.getValue()))
            .toList();
    log(run.at("/info/run_id").asText(), "params", parameters, MOST_PARAMETERS);
  }

  /** All at the time of the campaign's end: MLflow keeps the same metric at one time once. */
  private void logMetrics(String runId, CampaignStatus status) {
    long at = status.finishedAt().orElseGet(Instant::now).toEpochMilli();
    double usd = campaigns.spend(status.id()).spent().doubleValue();
    List<ObjectNode> metrics = new ArrayList<>();
    for (RunData.Metric metric : RunData.metrics(campaigns.table(status.id()), usd)) {
      metrics.add(
          object()
              .put("key", metric.key())
              .put("value", metric.value())
              .put("step", metric.step())
              .put("timestamp", at));
    }
    log(runId, "metrics", metrics, MOST_METRICS);
  }

  private void log(String runId, String kind, List<ObjectNode> all, int most) {
    for (int from = 0; from < all.size(); from += most) {
      ObjectNode body = object().put("run_id", runId);
      body.putArray(kind).addAll(all.subList(from, Math.min(all.size(), from + most)));
      server.post("mlflow/runs/log-batch", body);
    }
  }

  /** Where files are kept instead, if the server does not take them. */
  private Optional<String> putFiles(String artifacts, Path folder) {
    URI uri = URI.create(artifacts);
    if (!SERVED.equals(uri.getScheme())) {
      return Optional.of(artifacts);
    }
    String root = String.valueOf(uri.getPath()).replaceFirst("^/+", "");
    for (Path file : files(folder)) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      server.put("mlflow-artifacts/artifacts/%s/%s".formatted(root, name), file);
    }
    return Optional.empty();
  }

  private void end(String runId, CampaignStatus status) {
    ObjectNode body = object().put("run_id", runId).put("status", RunData.status(status.state()));
    status.finishedAt().ifPresent(at -> body.put("end_time", at.toEpochMilli()));
    server.post("mlflow/runs/update", body);
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw PieCrustException.external("%s cannot be read".formatted(folder), e);
    }
  }

  private static JsonNode manifest(Path folder) {
    Path manifest = folder.resolve(FILES.get(0).label()).resolve("run_manifest.json");
    try {
      return Json.mapper().readTree(manifest.toFile());
    } catch (IOException e) {
      throw PieCrustException.external("%s cannot be read".formatted(manifest), e);
    }
  }

  private static ObjectNode object() {
    return Json.mapper().createObjectNode();
  }

  private static ObjectNode pair(String key, String value) {
    return object().put("key", key).put("value", value);
  }
}
