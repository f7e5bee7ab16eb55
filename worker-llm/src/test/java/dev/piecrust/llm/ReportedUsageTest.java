package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.price.TokenUsage;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedUsageTest {
  @Test
  void countsOpenAisCachedAndWrittenTokensWithinItsPromptTokens() {
    assertThat(
            ReportedUsage.openAi(
                json(
                    """
                    {"prompt_tokens": 2000, "completion_tokens": 100,
                     "prompt_tokens_details": {"cached_tokens": 200, "cache_write_tokens": 1500},
                     "completion_tokens_details": {"reasoning_tokens": 40}}
                    """)))
        .contains(new TokenUsage(2000, 200, 1500, 100, 40));
  }

  @Test
  void addsAnthropicsCachedAndWrittenTokensToItsInputTokens() {
    assertThat(
            ReportedUsage.anthropic(
                json(
                    """
                    {"input_tokens": 300, "output_tokens": 100,
                     "cache_read_input_tokens": 200, "cache_creation_input_tokens": 1500}
                    """)))
        .contains(new TokenUsage(2000, 200, 1500, 100, 0));
  }

  @Test
  void believesTheCostThatOpenRouterNamesAndNobodyElses() {
    JsonNode usage = json("{\"prompt_tokens\": 194, \"cost\": 0.00014}");
    String openRouter = LlmProviderKind.OPENROUTER.address();
    assertThat(ReportedUsage.cost(openRouter, usage)).contains(new BigDecimal("0.00014"));
    assertThat(ReportedUsage.cost("https://openrouter.example/api/v1", usage)).isEmpty();
    for (String odd : List.of("{}", "{\"cost\": null}", "{\"cost\": \"0.1\"}", "{\"cost\": -1}")) {
      assertThat(ReportedUsage.cost(openRouter, json(odd))).as(odd).isEmpty();
    }
  }

  @Test
  void reportsNothingWhereWhatIsReportedCannotBe() {
    for (String usage :
        List.of(
            "{}",
            "{\"prompt_tokens\": 5}",
            "{\"prompt_tokens\": -5, \"completion_tokens\": 1}",
            "{\"prompt_tokens\": 5, \"completion_tokens\": 9223372036854775807}",
            "{\"prompt_tokens\": 5, \"completion_tokens\": 1, \"prompt_tokens_details\":"
                + " {\"cached_tokens\": 3, \"cache_write_tokens\": 3}}")) {
      assertThat(ReportedUsage.openAi(json(usage))).as(usage).isEmpty();
    }
    long huge = Long.MAX_VALUE;
    assertThat(
            ReportedUsage.anthropic(
                json(
                    "{\"input_tokens\": %d, \"output_tokens\": 1, \"cache_read_input_tokens\": %d,"
                            .formatted(huge, huge)
                        + " \"cache_creation_input_tokens\": %d}".formatted(huge))))
        .isEmpty();
  }

  private static JsonNode json(String text) {
    return Json.read(text, JsonNode.class, "usage");
  }
}
