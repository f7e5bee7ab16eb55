package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmException.Kind;
import dev.piecrust.price.TokenUsage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnthropicProviderIT {
  private static final String KEY = "sk-ant-planted-0123456789";
  private static final String GOOD =
      """
      {"id":"m","type":"message","role":"assistant","model":"m",
       "content":[{"type":"text","text":"{\\"description\\": \\"names\\"}"}],
       "stop_reason":"end_turn",
       "usage":{"input_tokens":30,"cache_read_input_tokens":64,"cache_creation_input_tokens":6,
        "output_tokens":12}}\
      """;

  private Endpoint endpoint;
  private LlmProvider provider;

  @BeforeEach
  void start() throws IOException {
    endpoint = new Endpoint();
    LlmSpec llm =
        new LlmSpec(
            LlmProviderKind.ANTHROPIC,
            "some-model",
            Optional.of(endpoint.url()),
            Optional.of("ANTHROPIC_API_KEY"),
            LlmSchedule.REALTIME,
            Optional.empty(),
            500,
            4,
            20,
            Optional.empty(),
            true);
    provider = Providers.of(llm, name -> Optional.of(KEY), LlmAccess.ofThisProcess());
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private LlmException failure() {
    return catchThrowableOfType(LlmException.class, () -> provider.ask(OpenAiProviderIT.request()));
  }

  @Test
  void saysAllOfTheRequestAndReadsAllOfTheAnswer() {
    endpoint.script(
        exchange -> {
          exchange.getResponseHeaders().set("anthropic-ratelimit-requests-limit", "50");
          exchange.getResponseHeaders().set("anthropic-ratelimit-tokens-limit", "40000");
          Endpoint.json(exchange, 200, GOOD);
        });
    LlmReply reply = provider.ask(OpenAiProviderIT.request());
    assertThat(reply)
        .isEqualTo(
            new LlmReply(
                "{\"description\": \"names\"}",
                Optional.of(new TokenUsage(100, 64, 6, 12, 0)),
                false,
                new ProviderLimits(Optional.of(50), Optional.of(40000))));
    JsonNode body = endpoint.bodies.get(0);
    assertThat(body.path("max_tokens").asInt()).isEqualTo(500);
    assertThat(body.path("system").toString()).contains("You study.");
    assertThat(body.path("messages").findValuesAsText("role"))
        .containsExactly("user", "assistant", "user");
    assertThat(body.path("output_config").path("format").path("schema"))
        .isEqualTo(Dialect.unbounded(OpenAiProviderIT.request().schema()));
    assertThat(endpoint.headers.get(0).get("X-api-key")).containsExactly(KEY);
  }

  @Test
  void learnsThatTheModelKnowsNoSchemas() {
    endpoint.answer(
        400,
        """
        {"type":"error","error":{"type":"invalid_request_error",
         "message":"output_config.format: not available for this model"}}\
        """);
    assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    endpoint.answer(200, GOOD);
    provider.ask(OpenAiProviderIT.request());
    assertThat(endpoint.bodies.get(1).has("output_config")).isFalse();
  }

  @Test
  void tellsKindsOfFailureApartWithoutTheKey() {
    endpoint.script(
        exchange -> {
          exchange.getResponseHeaders().set("retry-after", "3");
          Endpoint.json(exchange, 429, "{}");
        });
    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(3));
    endpoint.answer(529, "{}");
    assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    endpoint.answer(401, "{\"error\":{\"message\":\"bad " + KEY + "\"}}");
    assertThat(failure())
        .hasMessage(
            "anthropic at %s/messages does not accept the key or the account (401): bad …"
                .formatted(endpoint.url()));
    endpoint.answer(200, "<html>");
    assertThat(failure().kind()).isEqualTo(Kind.GARBLED);
    endpoint.answer(200, GOOD.replace("end_turn", "refusal"));
    assertThat(failure().kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void knowsThatAnAnswerWasCutAndThatUsageIsUnknown() {
    endpoint.answer(
        200, GOOD.replace("end_turn", "max_tokens").replaceAll("(?s),\\s*\"usage\".*}}", "}"));
    LlmReply reply = provider.ask(OpenAiProviderIT.request());
    assertThat(reply.truncated()).isTrue();
    assertThat(reply.usage()).isEmpty();
  }
}
