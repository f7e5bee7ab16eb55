package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmEffort;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestShapeTest {
  private static LlmSpec spec(
      LlmProviderKind kind,
      String model,
      Optional<String> url,
      LlmSchedule schedule,
      Optional<LlmEffort> effort,
      Map<String, Object> extra) {
    return new LlmSpec(
        kind,
        model,
        url,
        Optional.empty(),
        schedule,
        Optional.empty(),
        100,
        1,
        10,
        Optional.empty(),
        true,
        effort,
        extra,
        Map.of());
  }

  private static LlmSpec plain(LlmProviderKind kind, String model) {
    return spec(kind, model, Optional.empty(), LlmSchedule.REALTIME, Optional.empty(), Map.of());
  }

  private static JsonNode shaped(LlmSpec llm, String body) {
    return RequestShape.of(llm, Json.read(body, ObjectNode.class, "a body"));
  }

  @Test
  void leavesARequestToAnEndpointOfOnesOwnAsItIs() {
    LlmSpec vllm =
        spec(
            LlmProviderKind.OPENAI,
            "m",
            Optional.of("http://llm.example/v1"),
            LlmSchedule.REALTIME,
            Optional.empty(),
            Map.of());
    assertThat(shaped(vllm, "{\"model\":\"m\"}").toString()).isEqualTo("{\"model\":\"m\"}");
  }

  @Test
  void namesTheTierSoThatNoProjectsOwnIsDearer() {
    JsonNode own = shaped(plain(LlmProviderKind.OPENAI, "m"), "{}");
    assertThat(own.path("service_tier").asText()).isEqualTo("default");
    LlmSpec flex =
        spec(
            LlmProviderKind.GEMINI,
            "m",
            Optional.empty(),
            LlmSchedule.FLEX,
            Optional.empty(),
            Map.of());
    assertThat(shaped(flex, "{}").path("service_tier").asText()).isEqualTo("flex");
    LlmSpec batch =
        spec(
            LlmProviderKind.OPENAI,
            "m",
            Optional.empty(),
            LlmSchedule.BATCH,
            Optional.empty(),
            Map.of());
    assertThat(shaped(batch, "{}").has("service_tier")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "OPENAI, NONE, /reasoning_effort, none",
    "GEMINI, MINIMAL, /reasoning_effort, minimal",
    "OPENROUTER, HIGH, /reasoning_effort, high",
    "ANTHROPIC, HIGH, /output_config/effort, high",
    "ANTHROPIC, MINIMAL, /output_config/effort, low",
    "ANTHROPIC, NONE, /thinking/type, disabled"
  })
  void saysTheEffortInTheProvidersWords(
      LlmProviderKind kind, LlmEffort effort, String path, String said) {
    LlmSpec llm =
        spec(kind, "m", Optional.empty(), LlmSchedule.REALTIME, Optional.of(effort), Map.of());
    JsonNode body = shaped(llm, "{\"output_config\":{\"format\":{\"type\":\"json_schema\"}}}");
    assertThat(body.at(path).asText()).isEqualTo(said);
    assertThat(body.at("/output_config/format/type").asText()).isEqualTo("json_schema");
  }

  @Test
  void passesOnWhatItDoesNotKnowAndOverridesNothing() {
    LlmSpec llm =
        spec(
            LlmProviderKind.OPENROUTER,
            "m",
            Optional.empty(),
            LlmSchedule.REALTIME,
            Optional.empty(),
            Map.of("top_k", 40, "provider", Map.of("order", List.of("a")), "model", "other"));
    JsonNode body = shaped(llm, "{\"model\":\"m\"}");
    assertThat(body.path("model").asText()).isEqualTo("m");
    assertThat(body.path("top_k").asInt()).isEqualTo(40);
    assertThat(body.at("/provider/order/0").asText()).isEqualTo("a");
    assertThat(body.at("/usage/include").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "claude-haiku-5-5, 2040, false",
    "claude-haiku-5-5, 2048, true",
    "claude-sonnet-5-5, 2048, false",
    "claude-sonnet-5-5, 4096, true"
  })
  void marksAnInstructionThatIsLongEnoughToBeCached(String model, int characters, boolean marked) {
    String text = "x".repeat(characters);
    LlmSpec llm = plain(LlmProviderKind.ANTHROPIC, model);
    for (String system :
        List.of(Json.write(text), "[{\"type\":\"text\",\"text\":" + Json.write(text) + "}]")) {
      JsonNode body = shaped(llm, "{\"system\":" + system + "}");
      assertThat(body.at("/system/0/cache_control/type").asText())
          .isEqualTo(marked ? "ephemeral" : "");
      if (marked) {
        assertThat(body.at("/system/0/text").asText()).isEqualTo(text);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "claude-haiku-5-5-20261101, true",
    "claude-sonnet-5, false",
    "gemini-3.8-flash, true",
    "models/gemini-4-argon, true",
    "gemini-3.5-flash-lite, false",
    "gpt-6-luna, false"
  })
  void knowsWhoTakesNoTemperature(String model, boolean refuses) {
    assertThat(RequestShape.refusesTemperature(model)).isEqualTo(refuses);
  }
}
