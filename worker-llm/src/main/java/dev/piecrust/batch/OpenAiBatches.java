package dev.piecrust.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.llm.Dialect;
import dev.piecrust.llm.ErrorBody;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.llm.ProviderLimits;
import dev.piecrust.llm.ReportedUsage;
import dev.piecrust.llm.RequestShape;
import dev.piecrust.store.ledger.BatchItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** OpenAI's batches: a file of JSON lines goes up, and another comes down. */
final class OpenAiBatches implements BatchApi {
  private static final String OURS = "piecrust_batch";
  private static final String BOUNDARY = "piecrust-batch-file";
  private static final Set<String> UNDER_WAY =
      Set.of("validating", "in_progress", "finalizing", "cancelling");

  private final LlmSpec llm;
  private final Http http;

  OpenAiBatches(LlmSpec llm, Optional<String> key, LlmAccess access) {
    this.llm = llm;
    this.http =
        new Http(
            llm,
            key.map(secret -> Map.of("Authorization", "Bearer " + secret)).orElse(Map.of()),
            EnvironmentProxies.ofThisProcess(),
            access);
  }

  @Override
  public String body(LlmRequest request) {
    ObjectNode body = Json.mapper().createObjectNode().put("model", request.model());
    request
        .messages()
        .forEach(
            message ->
                body.withArray("messages")
                    .addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.text()));
    body.put("max_completion_tokens", request.maxOutputTokens());
    request
        .temperature()
        .filter(value -> !RequestShape.refusesTemperature(request.model()))
        .ifPresent(temperature -> body.put("temperature", temperature));
    ObjectNode format = body.putObject("response_format").put("type", "json_schema");
    format
        .putObject("json_schema")
        .put("name", request.schemaName())
        .put("strict", true)
        .set("schema", Dialect.unbounded(request.schema())); // a batch learns from no refusal
    return RequestShape.of(llm, body).toString();
  }

  @Override
  public String submit(String batch, List<BatchItem> items) {
    String file =
        http.post("/files", "multipart/form-data; boundary=" + BOUNDARY, form(items))
            .path("id")
            .asText();
    ObjectNode request = Json.mapper().createObjectNode();
    request
        .put("input_file_id", file)
        .put("endpoint", "/v1/chat/completions")
        .put("completion_window", "24h")
        .putObject("metadata")
        .put(OURS, batch);
    return http.post("/batches", request).path("id").asText();
  }

  @Override
  public Optional<String> find(
      String batch, int items, long notBeforeMs, Predicate<String> unknown) {
    for (JsonNode remote : http.get("/batches?limit=100").path("data")) {
      if (remote.path("metadata").path(OURS).asText().equals(batch)) {
        return Optional.of(remote.path("id").asText());
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<List<BatchReply>> replies(String remoteId) {
    JsonNode remote = http.get("/batches/" + remoteId);
    if (UNDER_WAY.contains(remote.path("status").asText())) {
      return Optional.empty();
    }
    List<BatchReply> replies = new ArrayList<>();
    for (String file : List.of("output_file_id", "error_file_id")) {
      if (remote.path(file).isTextual()) {
        http.lines("/files/%s/content".formatted(remote.path(file).asText()))
            .forEach(line -> read(line).ifPresent(replies::add));
      }
    }
    return Optional.of(replies);
  }

  private static String form(List<BatchItem> items) {
    StringBuilder form = new StringBuilder(1024);
    String part = "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n";
    form.append(part.formatted(BOUNDARY, "purpose", "")).append("batch\r\n");
    form.append(part.formatted(BOUNDARY, "file", "; filename=\"batch.jsonl\""));
    for (BatchItem item : items) {
      form.append(
          "{\"custom_id\":\"%d\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
              .formatted(item.call()));
      form.append(item.body()).append("}\n");
    }
    return form.append("\r\n--").append(BOUNDARY).append("--\r\n").toString();
  }

  /** What expired is no reply: it goes into another batch. */
  private static Optional<BatchReply> read(JsonNode line) {
    Optional<Long> call = CallIds.read(line.path("custom_id"));
    int status = line.at("/response/status_code").asInt();
    JsonNode body = line.at("/response/body");
    JsonNode text = body.at("/choices/0/message/content");
    if (status == 200 && text.isTextual()) {
      boolean truncated = body.at("/choices/0/finish_reason").asText().equals("length");
      LlmReply reply =
          new LlmReply(
              text.asText(),
              ReportedUsage.openAi(body.path("usage")),
              truncated,
              ProviderLimits.UNSAID);
      return call.map(id -> new BatchReply.Answered(id, reply));
    }
    String reason =
        "the provider answered with status %d: %s"
            .formatted(status, ErrorBody.words(body.toString()));
    return status / 100 == 4 && status != 429
        ? call.map(id -> new BatchReply.Refused(id, reason))
        : Optional.empty();
  }
}
