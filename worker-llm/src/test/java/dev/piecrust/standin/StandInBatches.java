package dev.piecrust.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The batches of both providers. A batch ends when the test says so; in one that expires only the
 * first call is answered.
 */
public final class StandInBatches implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> files = new LinkedHashMap<>();
  private final Map<String, Batch> batches = new LinkedHashMap<>();
  private boolean silent;
  private Fault fault = Fault.NONE;

  /** A batch: what it asks, by the names that the client gave. */
  private static final class Batch {
    private final Format format;
    private final JsonNode metadata;
    private final Map<String, JsonNode> asked = new LinkedHashMap<>();
    private String status = "in_progress";

    Batch(Format format, JsonNode metadata) {
      this.format = format;
      this.metadata = metadata;
    }
  }

  private StandInBatches(HttpServer server) {
    this.server = server;
    server.createContext("/v1/files", this::files);
    server.createContext("/v1/batches", this::openAi);
    server.createContext("/v1/messages/batches", this::anthropic);
  }

  public static StandInBatches start() throws IOException {
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    StandInBatches standIn = new StandInBatches(HttpServer.create(here, 0));
    standIn.server.start();
    return standIn;
  }

  /** Up to and including {@code /v1}. */
  public String baseUrl() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /** The next batch is taken, but its taking is not confirmed. */
  public synchronized void confirmNothing() {
    silent = true;
  }

  /** From now on this is wrong with what is reported of the usage of every call. */
  public synchronized void misreport(Fault wrong) {
    fault = wrong;
  }

  /** All open batches end so: {@code completed} or {@code expired}. */
  public synchronized void end(String status) {
    batches.values().stream()
        .filter(batch -> batch.status.equals("in_progress"))
        .forEach(batch -> batch.status = status);
  }

  /** How many calls each batch had, in order. */
  public synchronized List<Integer> sizes() {
    return batches.values().stream().map(batch -> batch.asked.size()).toList();
  }

  private synchronized void files(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("POST")) {
        String id = "file-" + files.size();
        files.put(id, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        send(exchange, "{\"id\": \"%s\"}".formatted(id));
      } else {
        send(exchange, results(path.split("/")[3]));
      }
    }
  }

  private synchronized void openAi(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
        Batch batch = new Batch(Format.OPENAI, request.path("metadata"));
        for (String line :
            files.getOrDefault(request.path("input_file_id").asText(), "").split("\r?\n")) {
          if (line.startsWith("{")) {
            JsonNode one = Json.mapper().readTree(line);
            batch.asked.put(one.path("custom_id").asText(), one.path("body"));
          }
        }
        taken(exchange, batch);
      } else {
        tell(exchange, exchange.getRequestURI().getPath().replaceFirst("^/v1/batches/?", ""));
      }
    }
  }

  private synchronized void anthropic(HttpExchange exchange) throws IOException {
    try (exchange) {
      String rest = exchange.getRequestURI().getPath().replaceFirst("^/v1/messages/batches/?", "");
      if (exchange.getRequestMethod().equals("POST")) {
        JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
        Batch batch = new Batch(Format.ANTHROPIC, Json.mapper().createObjectNode());
        request
            .path("requests")
            .forEach(one -> batch.asked.put(one.path("custom_id").asText(), one.path("params")));
        taken(exchange, batch);
      } else if (rest.endsWith("/results")) {
        send(exchange, results(rest.replace("/results", "")));
      } else {
        tell(exchange, rest);
      }
    }
  }

  private void taken(HttpExchange exchange, Batch batch) throws IOException {
    String id = "batch-" + UUID.randomUUID();
    batches.put(id, batch);
    if (silent) {
      silent = false;
      exchange.sendResponseHeaders(500, -1);
    } else {
      send(exchange, described(id).toString());
    }
  }

  private void tell(HttpExchange exchange, String id) throws IOException {
    if (!id.isEmpty()) {
      send(exchange, described(id).toString());
      return;
    }
    ObjectNode list = Json.mapper().createObjectNode();
    ArrayNode data = list.putArray("data");
    batches.keySet().forEach(each -> data.add(described(each)));
    send(exchange, list.toString());
  }

  private ObjectNode described(String id) {
    Batch batch = batches.getOrDefault(id, new Batch(Format.OPENAI, Json.mapper().nullNode()));
    boolean ended = !batch.status.equals("in_progress");
    ObjectNode described = Json.mapper().createObjectNode().put("id", id);
    described.set("metadata", batch.metadata);
    described.put("status", batch.status).put("processing_status", ended ? "ended" : "in_progress");
    described.put("created_at", Instant.now().toString());
    described.putObject("request_counts").put("processing", batch.asked.size());
    if (ended) {
      described.put("output_file_id", id);
    }
    return described;
  }

  private String results(String id) {
    Batch batch = batches.getOrDefault(id, new Batch(Format.OPENAI, Json.mapper().nullNode()));
    List<String> lines = new ArrayList<>();
    batch.asked.forEach(
        (name, request) -> {
          if (lines.isEmpty() || batch.status.equals("completed")) {
            lines.add(line(batch.format, name, request).toString());
          }
        });
    return String.join("\n", lines);
  }

  private ObjectNode line(Format format, String name, JsonNode request) {
    ObjectNode line = Json.mapper().createObjectNode().put("custom_id", name);
    ObjectNode reply = format.reply(request, Used.reported(request, fault));
    if (format == Format.OPENAI) {
      line.putObject("response").put("status_code", 200).set("body", reply);
    } else {
      line.putObject("result").put("type", "succeeded").set("message", reply);
    }
    return line;
  }

  private static void send(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
