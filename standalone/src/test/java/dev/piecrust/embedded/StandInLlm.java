package dev.piecrust.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An endpoint that speaks OpenAI's language on this machine. It describes everything as names,
 * writes sentences about Mary, and rates a text 2 where it holds an "M" and 0 elsewhere.
 */
public final class StandInLlm implements AutoCloseable {
  static final int INPUT_TOKENS = 300;
  static final int OUTPUT_TOKENS = 20;

  /** Its prompt is short; where output costs ten times as much, it costs what all others do. */
  private static final int PROBE_INPUT_TOKENS = 100;

  private static final int PROBE_OUTPUT_TOKENS = 40;

  /** Of the form of a message. */
  private static final int FORM_TOKENS = 4;

  private static final Encoding O200K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  /** Longer than it takes until what is reserved is looked up. */
  private static final Duration LONG = Duration.ofSeconds(7);

  private static final Pattern NUMBERED = Pattern.compile("(?m)^(\\d+)\\. (\".*\")$");
  private static final Pattern TEXTS_WANTED = Pattern.compile("exactly (\\d+) texts");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final AtomicLong promptTokens = new AtomicLong();
  private final AtomicReference<String> poisoned = new AtomicReference<>("");
  private volatile String accepted = "";
  private volatile boolean busyAtFirst;
  private volatile boolean poisons;
  private volatile String description = "names of people, such as Mary";
  private volatile Duration thought = Duration.ZERO;

  public StandInLlm() throws IOException {
    this(0);
  }

  /**
   * @param port 0 for any that is free
   */
  public StandInLlm(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  public String baseUrl() {
    return "http://127.0.0.1:%d/v1".formatted(port());
  }

  /**
   * The lines of a spec that name one as its language model, with a key in {@code
   * STAND_IN_API_KEY}.
   *
   * @param price in USD per million tokens of output; input costs a tenth
   */
  static String asModel(String baseUrl, int price) {
    return """
      llm:
        provider: openai
        model: stand-in
        base_url: %s
        api_key_env: STAND_IN_API_KEY
        max_output_tokens: 100
        concurrency: 2
        price: {input: %s, output: %d}
    """
        .formatted(baseUrl, price / 10.0, price);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The {@code Authorization} header of every request so far. */
  List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  /** How many tokens all prompts so far have, as a real tokenizer counts them. */
  long promptTokens() {
    return promptTokens.get();
  }

  /** From now on the first question is turned away, and the second waits long for its answer. */
  StandInLlm busyAtFirst() {
    busyAtFirst = true;
    return this;
  }

  /**
   * From now on the next question for a description, and whenever it is asked again, is answered
   * with nonsense.
   */
  StandInLlm poisoned() {
    poisons = true;
    return this;
  }

  /** From now on it describes everything with these words. */
  public StandInLlm describing(String words) {
    description = words;
    return this;
  }

  /** From now on each answer takes so long. */
  public StandInLlm taking(Duration time) {
    thought = time;
    return this;
  }

  /** From now on this key alone is accepted. */
  StandInLlm accepting(String key) {
    accepted = "Bearer " + key;
    return this;
  }

  /** From now on there is sense in every answer. */
  void heal() {
    poisons = false;
  }

  private String text(JsonNode request) {
    // What it is asked at first; complaints about the answer come after it.
    String asked = request.at("/messages/1/content").toString();
    boolean nonsense =
        poisons
            && shape(request).equals("description")
            && (poisoned.compareAndSet("", asked) || asked.equals(poisoned.get()));
    return nonsense ? "As a language model I would rather not." : Json.write(content(request));
  }

  private boolean turnsAway(HttpExchange exchange) throws IOException {
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    boolean first = busyAtFirst && authorizations.size() == 1;
    if (first) {
      exchange.getResponseHeaders().add("Retry-After", "1");
      exchange.sendResponseHeaders(429, -1);
      exchange.close();
    } else if (busyAtFirst && authorizations.size() == 2) {
      LockSupport.parkNanos(LONG.toNanos());
    }
    return first;
  }

  private boolean locksOut(HttpExchange exchange) throws IOException {
    String shown = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean unknown = !accepted.isEmpty() && !accepted.equals(shown);
    if (unknown) {
      byte[] body = "{\"error\":{\"message\":\"Incorrect API key provided\"}}".getBytes(UTF_8);
      exchange.sendResponseHeaders(401, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }
    return unknown;
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (turnsAway(exchange) || locksOut(exchange)) {
      return;
    }
    JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
    for (JsonNode message : request.path("messages")) {
      JsonNode said = message.path("content");
      String text = said.isTextual() ? said.asText() : said.at("/0/text").asText();
      promptTokens.addAndGet(FORM_TOKENS + O200K.countTokensOrdinary(text));
    }
    LockSupport.parkNanos(thought.toNanos());
    byte[] body = Json.write(completion(request, text(request))).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, Object> completion(JsonNode request, String content) {
    boolean probe = shape(request).equals("probe");
    int input = probe ? PROBE_INPUT_TOKENS : INPUT_TOKENS;
    int output = probe ? PROBE_OUTPUT_TOKENS : OUTPUT_TOKENS;
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
                Map.of("role", "assistant", "content", content))),
        "usage",
        Map.of(
            "prompt_tokens", input,
            "completion_tokens", output,
            "total_tokens", input + output));
  }

  private static String shape(JsonNode request) {
    return request.at("/response_format/json_schema/name").asText();
  }

  private Object content(JsonNode request) {
    String shape = shape(request);
    String asked = request.path("messages").toString();
    JsonNode last = request.path("messages").get(request.path("messages").size() - 1);
    String text =
        last.path("content").isTextual()
            ? last.path("content").asText()
            : last.at("/content/0/text").asText();
    return switch (shape) {
      case "probe" -> Map.of("verdict", true);
      case "description" -> Map.of("description", description);
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
