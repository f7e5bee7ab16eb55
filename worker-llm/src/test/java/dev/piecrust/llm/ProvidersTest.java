package dev.piecrust.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.lexical.LexicalProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProvidersTest {
  private static final LlmAccess KEYS = LlmAccess.of(Map.of("PIECRUST_API_KEY_NAMES", "MY_KEY"));

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

  @Test
  void makesTheRightOneAndRemembersIt() {
    Providers providers = new Providers(name -> Optional.of("key"), KEYS);
    assertThat(providers.apply(LlmSpec.lexical())).isInstanceOf(LexicalProvider.class);
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("MY_KEY"));
    assertThat(providers.apply(openai))
        .isInstanceOf(OpenAiProvider.class)
        .isSameAs(providers.apply(openai));
    assertThat(
            providers.apply(
                spec(LlmProviderKind.ANTHROPIC, Optional.empty(), Optional.of("MY_KEY"))))
        .isInstanceOf(AnthropicProvider.class);
  }

  @Test
  void needsNoKeyForAnEndpointOfOnesOwn() {
    LlmSpec vllm =
        spec(LlmProviderKind.OPENAI, Optional.of("http://127.0.0.1:1/v1"), Optional.empty());
    assertThat(Providers.of(vllm, name -> Optional.empty(), KEYS))
        .isInstanceOf(OpenAiProvider.class);
  }

  @Test
  void namesTheVariableThatIsMissing() {
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("MY_KEY"));
    assertThatThrownBy(() -> Providers.of(openai, name -> Optional.of(" "), KEYS))
        .hasMessage(
            "interpret.llm.api_key_env: the environment variable MY_KEY is not set, expected it"
                + " to hold the key for openai");
    LlmSpec none = spec(LlmProviderKind.ANTHROPIC, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> Providers.of(none, name -> Optional.empty(), KEYS))
        .hasMessageContaining("interpret.llm.api_key_env: is missing");
  }

  @Test
  void saysThatNothingWasAskedWithoutAKey() {
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("MY_KEY"));
    Providers providers = new Providers(name -> Optional.empty(), KEYS);
    assertThatThrownBy(() -> providers.apply(openai))
        .isInstanceOfSatisfying(
            LlmException.class, e -> assertThat(e.kind()).isEqualTo(LlmException.Kind.UNAUTHORIZED))
        .hasMessageContaining("the environment variable MY_KEY is not set");
  }

  @Test
  void refusesWhatCannotBeAKeyWithoutShowingIt() {
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("MY_KEY"));
    assertThatThrownBy(() -> Providers.of(openai, name -> Optional.of("sec ret\nkey"), KEYS))
        .hasMessageContaining("MY_KEY")
        .hasMessageNotContaining("sec");
    assertThat(new ApiKey(Optional.of("secret")).toString()).doesNotContain("secret");
  }

  @Test
  void readsNoKeyFromAVariableThatIsNotForKeys() {
    LlmSpec openai = spec(LlmProviderKind.OPENAI, Optional.empty(), Optional.of("HF_TOKEN"));
    List<String> read = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Providers.of(
                    openai,
                    name -> {
                      read.add(name);
                      return Optional.of("hf_secret");
                    },
                    KEYS))
        .hasMessage(
            "interpret.llm.api_key_env: is not a variable that may hold a language model's key,"
                + " expected one of MY_KEY (PIECRUST_API_KEY_NAMES names others)");
    assertThat(read).isEmpty();
  }
}
