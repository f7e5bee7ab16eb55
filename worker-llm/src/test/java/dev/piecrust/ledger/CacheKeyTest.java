package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.LlmEffort;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.campaign.Checkpoints;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What decides an answer is in its key, and nothing else. */
final class CacheKeyTest {
  private static final LlmRequest QUESTION = Questions.question(1);
  private static final LlmSpec PLAIN = Campaigns.openAi(Optional.empty());

  @Test
  void isThatOfOlderReleasesWhereNothingNewIsSet() {
    assertThat(CacheKey.of(PLAIN, QUESTION))
        .isEqualTo(
            Checkpoints.key(
                "openai",
                "",
                QUESTION.model(),
                QUESTION.temperature().map(String::valueOf).orElse(""),
                QUESTION.maxOutputTokens(),
                QUESTION.messages(),
                QUESTION.schemaName(),
                QUESTION.schema()));
  }

  @Test
  void knowsEffortAndExtraParametersAndNoRoles() {
    String plain = CacheKey.of(PLAIN, QUESTION);
    String low = CacheKey.of(with(Optional.of(LlmEffort.LOW), Map.of(), Map.of()), QUESTION);
    String high = CacheKey.of(with(Optional.of(LlmEffort.HIGH), Map.of(), Map.of()), QUESTION);
    String topK = CacheKey.of(with(Optional.empty(), Map.of("top_k", 40), Map.of()), QUESTION);
    assertThat(Set.of(plain, low, high, topK)).hasSize(4);
    LlmSpec roles = with(Optional.empty(), Map.of(), Map.of(LlmRole.RATE, PLAIN));
    assertThat(CacheKey.of(roles, QUESTION)).isEqualTo(plain);
  }

  private static LlmSpec with(
      Optional<LlmEffort> effort, Map<String, Object> extra, Map<LlmRole, LlmSpec> roles) {
    return new LlmSpec(
        PLAIN.provider(),
        PLAIN.model(),
        PLAIN.baseUrl(),
        PLAIN.apiKeyEnv(),
        PLAIN.schedule(),
        PLAIN.temperature(),
        PLAIN.maxOutputTokens(),
        PLAIN.concurrency(),
        PLAIN.timeoutSeconds(),
        PLAIN.price(),
        PLAIN.unpriced(),
        effort,
        extra,
        roles);
  }
}
