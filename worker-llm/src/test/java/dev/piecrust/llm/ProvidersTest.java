package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.lexical.LexicalProvider;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvidersTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  private static LlmSpec spec(LlmProviderKind kind, Optional<String> url, Optional<String> env) {
    return new LlmSpec(
        kind,
        "m",
        url,
        env,
        LlmSchedule.REALTIME,
        Optional.empty(),
        10,
        1,
        1,
        Optional.empty(),
        true);
  }

  private static Optional<Duration> retryAfter(String value) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Retry-After", List.of(value)), (name, text) -> true);
    return RetryAfter.of(headers, CLOCK);
  }

  @Test
  void makesTheRightOneAndRemembersIt() {
    Providers providers = new Providers(name -> Optional.of("key"));
    assertThat(providers.apply(LlmSpec.lexical())).isInstanceOf(LexicalProvider.class);
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("K"));
    assertThat(providers.apply(openai))
        .isInstanceOf(OpenAiProvider.class)
        .isSameAs(providers.apply(openai));
    assertThat(providers.apply(spec(LlmProviderKind.ANTHROPIC, Optional.empty(), Optional.of("K"))))
        .isInstanceOf(AnthropicProvider.class);
  }

  @Test
  void needsNoKeyForAnEndpointOfOnesOwn() {
    LlmSpec vllm =
        spec(LlmProviderKind.OPENAI, Optional.of("http://127.0.0.1:1/v1"), Optional.empty());
    assertThat(Providers.of(vllm, name -> Optional.empty())).isInstanceOf(OpenAiProvider.class);
  }

  @Test
  void namesTheVariableThatIsMissing() {
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("MY_KEY"));
    assertThatThrownBy(() -> Providers.of(openai, name -> Optional.of(" ")))
        .hasMessage(
            "interpret.llm.api_key_env: the environment variable MY_KEY is not set, expected it"
                + " to hold the key for openai");
    LlmSpec none = spec(LlmProviderKind.ANTHROPIC, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> Providers.of(none, name -> Optional.empty()))
        .hasMessageContaining("interpret.llm.api_key_env: is missing");
  }

  @Test
  void refusesWhatCannotBeAKeyWithoutShowingIt() {
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("MY_KEY"));
    assertThatThrownBy(() -> Providers.of(openai, name -> Optional.of("sec ret\nkey")))
        .hasMessageContaining("MY_KEY")
        .hasMessageNotContaining("sec");
    assertThat(new ApiKey(Optional.of("secret")).toString()).doesNotContain("secret");
  }

  @Test
  void readsRetryAfterAsSecondsAndAsADate() {
    assertThat(retryAfter("2")).contains(Duration.ofSeconds(2));
    assertThat(retryAfter("0.5")).contains(Duration.ofMillis(500));
    assertThat(retryAfter("Sun, 22 Nov 2026 10:01:30 GMT")).contains(Duration.ofSeconds(90));
    assertThat(retryAfter("Sun, 22 Nov 2026 09:00:00 GMT")).contains(Duration.ZERO);
    assertThat(retryAfter("soon")).isEmpty();
    assertThat(retryAfter("-1")).isEmpty();
    assertThat(retryAfter("999999999")).contains(Duration.ofDays(1));
  }

  @Test
  void measuresADateByTheProvidersClockSoThatOnesOwnMayBeWrong() {
    Map<String, List<String>> anHourBehind =
        Map.of(
            "Retry-After", List.of("Sun, 22 Nov 2026 11:01:30 GMT"),
            "Date", List.of("Sun, 22 Nov 2026 11:00:00 GMT"));
    assertThat(RetryAfter.of(HttpHeaders.of(anHourBehind, (name, text) -> true), CLOCK))
        .contains(Duration.ofSeconds(90));
  }
}
