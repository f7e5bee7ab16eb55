package dev.piecrust.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.llm.ErrorBody;
import dev.piecrust.llm.LlmMessage;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.llm.ProviderLimits;
import dev.piecrust.llm.ReportedUsage;
import dev.piecrust.llm.RequestShape;
import dev.piecrust.store.ledger.BatchItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Anthropic's batches of messages. */
final class AnthropicBatches implements BatchApi {
  private static final String VERSION = "2023-06-01";
  private static final String PATH = "/messages/batches";

  /** By how much the provider's clock may be behind ours. */
  private static final long SKEW_MS = 60_000;

  private final LlmSpec llm;
  private final Http http;

  AnthropicBatches(LlmSpec llm, Optional<String> key, LlmAccess access) {
    this.llm = llm;
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("anthropic-version", VERSION);
    key.ifPresent(secret -> headers.put("x-api-key", secret));
    this.http = new Http(llm, headers, EnvironmentProxies.ofThisProcess(), access);
  }

  @Override
  public String body(LlmRequest request) {
    ObjectNode body = Json.mapper().createObjectNode().put("model", request.model());
    body.put("max_tokens", request.maxOutputTokens());
    request
        .temperature()
        .filter(value -> !RequestShape.refusesTemperature(request.model()))
        .ifPresent(temperature -> body.put("temperature", temperature));
    for (LlmMessage message : request.messages()) {
      if (message.role() == LlmMessage.Role.SYSTEM) {
        body.put("system", message.text());
      } else {
        body.withArray("messages")
            .addObject()
            .put("role", message.role().name().toLowerCase(Locale.ROOT))
            .put("content", message.text());
      }
    }
    return RequestShape.of(llm, body).toString();
  }

  @Override
  public String submit(String batch, List<BatchItem> items) {
    ObjectNode request = Json.mapper().createObjectNode();
    for (BatchItem item : items) {
      ObjectNode one = request.withArray("requests").addObject();
      one.put("custom_id", String.valueOf(item.call()));
      one.set("params", Json.read(item.body(), ObjectNode.class, "a queued call"));
    }
    return http.post(PATH, request).path("id").asText();
  }

  /**
   * The provider's list shows no names of ours: a batch of the same size that nobody knows and that
   * is younger than ours is taken for it. What turns out not to be in it is queued again.
   */
  @Override
  public Optional<String> find(
      String batch, int items, long notBeforeMs, Predicate<String> unknown) {
    for (JsonNode remote : http.get(PATH + "?limit=100").path("data")) {
      long created = Instant.parse(remote.path("created_at").asText()).toEpochMilli();
      long size = 0;
      for (JsonNode count : remote.path("request_counts")) {
        size += count.asLong();
      }
      String id = remote.path("id").asText();
      if (created >= notBeforeMs - SKEW_MS && size == items && unknown.test(id)) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<List<BatchReply>> replies(String remoteId) {
    JsonNode remote = http.get(PATH + "/" + remoteId);
    if (!remote.path("processing_status").asText().equals("ended")) {
      return Optional.empty();
    }
    List<BatchReply> replies = new ArrayList<>();
    http.lines("%s/%s/results".formatted(PATH, remoteId))
        .forEach(line -> read(line).ifPresent(replies::add));
    return Optional.of(replies);
  }

  /** What expired or was cancelled is no reply: it goes into another batch. */
  private static Optional<BatchReply> read(JsonNode line) {
    Optional<Long> call = CallIds.read(line.path("custom_id"));
    JsonNode result = line.path("result");
    if (result.path("type").asText().equals("succeeded")) {
      return call.map(id -> new BatchReply.Answered(id, reply(result.path("message"))));
    }
    String error = result.at("/error/error/type").asText();
    String reason =
        "the provider calls it an %s: %s"
            .formatted(error, ErrorBody.words(result.path("error").toString()));
    return error.equals("invalid_request_error")
        ? call.map(id -> new BatchReply.Refused(id, reason))
        : Optional.empty();
  }

  private static LlmReply reply(JsonNode message) {
    StringBuilder text = new StringBuilder();
    message.path("content").forEach(part -> text.append(part.path("text").asText()));
    boolean truncated = message.path("stop_reason").asText().equals("max_tokens");
    return new LlmReply(
        text.toString(),
        ReportedUsage.anthropic(message.path("usage")),
        truncated,
        ProviderLimits.UNSAID);
  }
}
