package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.ask.Shapes;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmException.Kind;
import dev.piecrust.price.ServiceTier;
import dev.piecrust.price.TokenUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiProviderIT {
  private static final String KEY = "sk-planted-0123456789";
  private static final String GOOD =
      """
      {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
       "message":{"role":"assistant","content":"{\\"description\\": \\"names\\"}"},
       "finish_reason":"stop"}],
       "usage":{"prompt_tokens":100,"completion_tokens":30,"total_tokens":130,
        "prompt_tokens_details":{"cached_tokens":64,"cache_write_tokens":20},
        "completion_tokens_details":{"reasoning_tokens":20}}}\
      """;

  private Endpoint endpoint;
  private LlmProvider provider;

  @BeforeEach
  void start() throws IOException {
    endpoint = new Endpoint();
    provider = provider(endpoint.url());
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private static LlmProvider provider(String url) {
    return provider(url, LlmAccess.of(Map.of()));
  }

  private static LlmProvider provider(String url, LlmAccess access) {
    LlmSpec llm =
        new LlmSpec(
            LlmProviderKind.OPENAI,
            "some-model",
            Optional.of(url),
            Optional.of("VLLM_API_KEY"),
            LlmSchedule.REALTIME,
            Optional.of(0.5),
            500,
            4,
            4,
            Optional.empty(),
            true);
    return Providers.of(
        llm, name -> Optional.of(KEY).filter(key -> name.equals("VLLM_API_KEY")), access);
  }

  static LlmRequest request() {
    return new LlmRequest(
        "some-model",
        List.of(
            new LlmMessage(LlmMessage.Role.SYSTEM, "You study."),
            new LlmMessage(LlmMessage.Role.USER, "What is it? JSON."),
            new LlmMessage(LlmMessage.Role.ASSISTANT, "hm"),
            new LlmMessage(LlmMessage.Role.USER, "Again.")),
        Optional.of(0.5),
        500,
        "texts",
        Shapes.texts(3).schema(),
        new LlmQuestion.Describe(List.of(), 0.6));
  }

  private LlmException failure() {
    return catchThrowableOfType(LlmException.class, () -> provider.ask(request()));
  }

  @Test
  void saysAllOfTheRequestAndReadsAllOfTheAnswer() {
    endpoint.script(
        exchange -> {
          exchange.getResponseHeaders().set("x-ratelimit-limit-requests", "600");
          exchange.getResponseHeaders().set("X-RateLimit-Limit-Tokens", "60000");
          Endpoint.json(exchange, 200, GOOD);
        });
    LlmReply reply = provider.ask(request());
    assertThat(reply)
        .isEqualTo(
            new LlmReply(
                "{\"description\": \"names\"}",
                Optional.of(new TokenUsage(100, 64, 20, 30, 20)),
                false,
                new ProviderLimits(Optional.of(600), Optional.of(60000))));
    JsonNode body = endpoint.bodies.get(0);
    assertThat(body.path("model").asText()).isEqualTo("some-model");
    assertThat(body.path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(body.path("max_tokens").asInt()).isEqualTo(500);
    assertThat(body.has("max_completion_tokens")).isFalse();
    assertThat(body.path("messages").findValuesAsText("role"))
        .containsExactly("system", "user", "assistant", "user");
    JsonNode schema = body.path("response_format").path("json_schema");
    assertThat(schema.path("name").asText()).isEqualTo("texts");
    assertThat(schema.path("strict").asBoolean()).isTrue();
    assertThat(schema.path("schema")).isEqualTo(Shapes.texts(3).schema());
    assertThat(endpoint.headers.get(0).get("Authorization")).containsExactly("Bearer " + KEY);
  }

  @Test
  void takesItsKeyToNoOtherPlace() throws IOException {
    try (Endpoint elsewhere = new Endpoint()) {
      elsewhere.answer(200, GOOD);
      endpoint.script(
          exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.url() + "/chat/completions");
            Endpoint.json(exchange, 307, "{}");
          });
      assertThat(failure()).isNotNull();
      assertThat(elsewhere.headers).isEmpty();
    }
  }

  @Test
  void asksNobodyWhereTheProcessMayNot() {
    LlmAccess others = LlmAccess.of(Map.of("PIECRUST_LLM_HOSTS", "llm.example"));
    LlmProvider refused = provider(endpoint.url(), others);
    LlmException e = catchThrowableOfType(LlmException.class, () -> refused.ask(request()));
    assertThat(e)
        .hasMessage(
            "interpret.llm.base_url: has the host 127.0.0.1, expected one that PIECRUST_LLM_HOSTS"
                + " allows: llm.example");
    assertThat(e.kind()).isEqualTo(LlmException.Kind.UNAUTHORIZED);
    assertThat(endpoint.bodies).isEmpty();
  }

  @Test
  void knowsThatAnAnswerWasCutAndThatUsageIsUnknown() {
    endpoint.answer(
        200,
        """
        {"choices":[{"index":0,"message":{"role":"assistant","content":"{\\"de"},
         "finish_reason":"length"}]}\
        """);
    LlmReply reply = provider.ask(request());
    assertThat(reply.truncated()).isTrue();
    assertThat(reply.usage()).isEmpty();
    assertThat(reply.limits()).isEqualTo(ProviderLimits.UNSAID);
  }

  @ParameterizedTest
  @CsvSource({
    "500,UNAVAILABLE",
    "503,UNAVAILABLE",
    "529,UNAVAILABLE",
    "408,UNAVAILABLE",
    "401,UNAUTHORIZED",
    "402,UNAUTHORIZED",
    "403,UNAUTHORIZED",
    "400,REFUSED",
    "404,UNKNOWN",
    "410,UNKNOWN",
    "413,REFUSED",
    "422,REFUSED"
  })
  void tellsKindsOfStatusApart(int status, Kind kind) {
    endpoint.answer(status, "{\"error\":{\"message\":\"no " + KEY + " for you\"}}");
    LlmException failure = failure();
    while (failure.retryAfter().filter(Duration::isZero).isPresent()) {
      failure = failure(); // in a simpler way
    }
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(endpoint.bodies).hasSize(status == 400 || status == 422 ? 4 : 1);
    assertThat(failure)
        .hasMessageContaining("openai at %s/chat/completions ".formatted(endpoint.url()))
        .hasMessageEndingWith("(%d): no … for you", status);
    assertThat(all(failure)).doesNotContain(KEY);
  }

  @Test
  void handsOnWhenToComeBack() {
    endpoint.script(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "7");
          Endpoint.json(exchange, 429, "{\"error\":{\"message\":\"slow down\"}}");
        });
    LlmException failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(endpoint.bodies).hasSize(1);
  }

  @Test
  void takesAUsedUpQuotaForNoLimitOfRates() {
    endpoint.answer(429, "{\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}}");
    assertThat(failure().kind()).isEqualTo(Kind.UNAUTHORIZED);
  }

  @ParameterizedTest
  @CsvSource({"<html>hello</html>", "{}", "{\"choices\":[]}", "[1", "''", "null"})
  void takesWhatIsNoAnswerForGarbage(String body) {
    endpoint.answer(200, body);
    assertThat(failure().kind()).isEqualTo(Kind.GARBLED);
  }

  @Test
  void takesARefusalOfTheModelForOne() {
    endpoint.answer(
        200,
        """
        {"choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"No."},
         "finish_reason":"stop"}]}\
        """);
    assertThat(failure().kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void losesACallWhoseConnectionIsCut() {
    endpoint.script(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
        });
    assertThat(failure().kind()).isEqualTo(Kind.LOST);
  }

  @Test
  void losesACallThatStallsInTheMiddleOfItsAnswer() {
    endpoint.script(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          Thread.sleep(30_000);
        });
    long before = System.nanoTime();
    LlmException failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.LOST);
    assertThat(failure)
        .hasMessage(
            "openai at %s/chat/completions gave no answer in time: no answer within 4 s"
                .formatted(endpoint.url()));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void knowsThatNobodyIsThere() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    provider = provider("http://127.0.0.1:%d/v1".formatted(free));
    assertThat(failure().kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @ParameterizedTest
  @CsvSource({"400,1", "422,2", "400,3"})
  void asksInSimplerWaysUntilOneIsUnderstoodWhateverTheWordsAre(int status, int refused) {
    endpoint.answer(status, "{\"detail\":\"Not today\"}");
    for (int i = 0; i < refused; i++) {
      assertThat(failure())
          .hasMessageEndingWith("(%d): Not today; it will be asked in a simpler way", status)
          .satisfies(e -> assertThat(e.retryAfter()).contains(Duration.ZERO));
    }
    endpoint.answer(200, GOOD);
    provider.ask(request());
    provider.ask(request());
    List<String> all = List.of("bounded json_schema", "json_schema", "json_object", "words");
    List<String> expected = new ArrayList<>(all.subList(0, refused + 1));
    expected.add(all.get(refused)); // it is remembered
    assertThat(endpoint.bodies).extracting(OpenAiProviderIT::format).isEqualTo(expected);
  }

  @Test
  void learnsNothingFromARequestThatIsRefusedInAllWays() {
    endpoint.answer(400, "{\"message\":\"the context is too long\"}");
    for (int i = 0; i < 3; i++) {
      assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }
    assertThat(failure().kind()).isEqualTo(Kind.REFUSED);
    endpoint.answer(200, GOOD);
    provider.ask(request());
    assertThat(format(endpoint.bodies.get(4))).isEqualTo("bounded json_schema");
  }

  @Test
  void leavesATemperatureOutWhereItIsRefused() {
    endpoint.script(
        exchange -> {
          boolean has = endpoint.bodies.get(endpoint.bodies.size() - 1).has("temperature");
          String refusal =
              "{\"error\": {\"message\": \"Unsupported value: 'temperature' does not support"
                  + " 0.5\"}}";
          Endpoint.json(exchange, has ? 400 : 200, has ? refusal : GOOD);
        });
    assertThat(failure().retryAfter()).contains(Duration.ZERO);
    assertThat(provider.ask(request()).text()).contains("names");
    provider.ask(request());
    assertThat(endpoint.bodies).hasSize(3);
    assertThat(endpoint.bodies.get(2).at("/response_format/type").asText())
        .isEqualTo("json_schema");
  }

  @Test
  void readsTheTierThatTheAnswerNames() {
    endpoint.answer(200, GOOD.replace("\"id\":\"1\"", "\"id\":\"1\",\"service_tier\":\"flex\""));
    assertThat(provider.ask(request()).tier()).contains(ServiceTier.FLEX);
    endpoint.answer(
        200, GOOD.replace("\"prompt_tokens\":100", "\"cost\":0.5,\"prompt_tokens\":100"));
    assertThat(provider.ask(request()).usd()).as("only OpenRouter's is believed").isEmpty();
  }

  @Test
  void learnsHowTheEndpointCallsTheLimitOfTokens() {
    endpoint.script(
        exchange -> {
          boolean old = endpoint.bodies.get(endpoint.bodies.size() - 1).has("max_tokens");
          Endpoint.json(
              exchange,
              old ? 400 : 200,
              old ? "{\"error\":\"'max_tokens': use 'max_completion_tokens'\"}" : GOOD);
        });
    assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    provider.ask(request());
    provider.ask(request());
    assertThat(endpoint.bodies).hasSize(3);
    assertThat(endpoint.bodies.get(2).path("max_completion_tokens").asInt()).isEqualTo(500);
    assertThat(format(endpoint.bodies.get(2))).isEqualTo("bounded json_schema");
  }

  @Test
  void saysWhatAServerSaysWithAStatusOfSuccess() {
    endpoint.answer(200, "<html><head><title>Sign in to the café</title></head></html>");
    assertThat(failure())
        .hasMessageEndingWith(
            "answered with something that is no answer of its API (200): a page titled Sign in to"
                + " the café");
    endpoint.answer(200, "{\"error\":{\"message\":\"upstream died\",\"code\":502}}");
    assertThat(failure()).hasMessageEndingWith("(200): upstream died");
  }

  @Test
  void leavesNoPartOfAKeyWhereWordsAreCut() {
    endpoint.answer(401, "x".repeat(290) + " " + KEY);
    assertThat(failure().getMessage()).contains("xxx").doesNotContain("sk-plan");
    endpoint.answer(401, "{\"error\":{\"message\":\"Incorrect API key: sk-pl*****6789.\"}}");
    assertThat(failure()).hasMessageEndingWith("(401): Incorrect API key: …");
  }

  private static String format(JsonNode body) {
    JsonNode format = body.path("response_format");
    String bounded = format.toString().contains("\"minItems\":3,\"maxItems\":3") ? "bounded " : "";
    return format.isMissingNode() ? "words" : bounded + format.path("type").asText();
  }

  private static String all(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text + e.toString();
  }
}
