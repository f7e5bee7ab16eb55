package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint that speaks OpenAI's language on this machine. It describes everything as names,
 * writes sentences about Mary, and rates a text 2 where it holds an "M" and 0 elsewhere.
 */
final class StandInLlm implements AutoCloseable {
  static final int INPUT_TOKENS = 300;
  static final int OUTPUT_TOKENS = 20;

  private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\d+)\\. (\".*\")$");
  private static final Pattern TEXTS_WANTED = Pattern.compile("(?i)\\b(\\d+)\\b[^.]{0,40}texts");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();

  StandInLlm() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String baseUrl() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  /** The {@code Authorization} header of every request so far. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  private void answer(HttpExchange exchange) throws IOException {
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
    byte[] body = Json.write(completion(request, content(request))).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, Object> completion(JsonNode request, Object content) {
    return Map.of(
        "id",
        "chatcmpl-1",
        "object",
        "chat.completion",
        "created",
        1,
        "model",
        request.path("model").asText(),
        "choices",
        List.of(
            Map.of(
                "index",
                0,
                "finish_reason",
                "stop",
                "message",
                Map.of("role", "assistant", "content", Json.write(content)))),
        "usage",
        Map.of(
            "prompt_tokens", INPUT_TOKENS,
            "completion_tokens", OUTPUT_TOKENS,
            "total_tokens", INPUT_TOKENS + OUTPUT_TOKENS));
  }

  private static Object content(JsonNode request) {
    String shape = request.at("/response_format/json_schema/name").asText();
    String asked = request.path("messages").toString();
    JsonNode last = request.path("messages").get(request.path("messages").size() - 1);
    String text =
        last.path("content").isTextual()
            ? last.path("content").asText()
            : last.at("/content/0/text").asText();
    return switch (shape) {
      case "description" -> Map.of("description", "names of people, such as Mary");
      case "texts" -> Map.of("texts", texts(text));
      case "ratings" -> Map.of("ratings", ratings(text));
      default -> throw new IllegalStateException("no such shape '" + shape + "' in " + asked);
    };
  }

  private static List<String> texts(String asked) {
    Matcher wanted = TEXTS_WANTED.matcher(asked);
    int count = wanted.find() ? Integer.parseInt(wanted.group(1)) : 5;
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add("Then Mary gave the book to John, number " + i);
    }
    return texts;
  }

  private static List<Map<String, Integer>> ratings(String asked) {
    List<Map<String, Integer>> ratings = new ArrayList<>();
    Matcher texts = NUMBERED.matcher(asked);
    while (texts.find()) {
      int rating = texts.group(2).contains("M") ? 2 : 0;
      ratings.add(Map.of("id", Integer.parseInt(texts.group(1)), "rating", rating));
    }
    return ratings;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
