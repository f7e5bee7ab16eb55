package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmEffort;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of single roles, and how they are asked. */
final class LlmRolesTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(folder.resolve("clt"));
    Files.writeString(folder.resolve("corpus.jsonl"), "{}\n");
  }

  private CampaignSpec parse(String llm) {
    return parse(llm, "limits: {usd: 1}\n");
  }

  private CampaignSpec parse(String llm, String limits) {
    String spec =
        """
        name: roles
        subject: {model: model, transcoder: clt}
        tasks: [{kind: ioi}]
        interpret:
          corpus: {path: corpus.jsonl}
          llm:
        """
            + llm.indent(4)
            + limits;
    return SpecReader.parse(spec, folder, "spec.yaml");
  }

  @Test
  void inheritWhatTheyDoNotName() {
    CampaignSpec spec =
        parse(
            """
            provider: openai
            model: large
            base_url: https://llm.example/v1
            api_key_env: LITELLM_API_KEY
            temperature: 0.5
            max_output_tokens: 300
            concurrency: 7
            effort: low
            extra: {top_k: 40, nested: {list: [1, 2.5, yes, true]}}
            price: {input: 1, output: 2, batch_share: 0.5}
            write: {model: small, effort: none, max_output_tokens: 900}
            rate: {provider: anthropic, model: claude-x, price: unknown, schedule: batch}
            """);
    LlmSpec explain = spec.interpreting().llm(LlmRole.EXPLAIN);
    LlmSpec write = spec.interpreting().llm(LlmRole.WRITE);
    LlmSpec rate = spec.interpreting().llm(LlmRole.RATE);
    assertThat(explain.model()).isEqualTo("large");
    assertThat(explain.effort()).contains(LlmEffort.LOW);
    assertThat(explain.extra())
        .isEqualTo(Map.of("top_k", 40, "nested", Map.of("list", List.of(1, 2.5, "yes", true))));
    assertThat(explain.roles()).isEmpty();

    assertThat(write.model()).isEqualTo("small");
    assertThat(write.baseUrl()).contains("https://llm.example/v1");
    assertThat(write.apiKeyEnv()).contains("LITELLM_API_KEY");
    assertThat(write.temperature()).contains(0.5);
    assertThat(write.effort()).contains(LlmEffort.NONE);
    assertThat(write.maxOutputTokens()).isEqualTo(900);
    assertThat(write.concurrency()).isEqualTo(7);
    assertThat(write.extra()).isEqualTo(explain.extra());
    assertThat(write.price()).as("another model has another price").isEmpty();

    assertThat(rate.provider()).isEqualTo(LlmProviderKind.ANTHROPIC);
    assertThat(rate.baseUrl()).isEmpty();
    assertThat(rate.apiKeyEnv()).as("no endpoint gets another's key").contains("ANTHROPIC_API_KEY");
    assertThat(rate.schedule()).isEqualTo(LlmSchedule.BATCH);
    assertThat(rate.extra()).isEmpty();
    assertThat(rate.unpriced()).isTrue();
    assertThat(rate.effort()).contains(LlmEffort.LOW);

    assertThat(spec.interpreting().llm().all()).containsExactly(explain, write, rate);
    assertThat(SpecReader.parse(SpecDocument.write(spec), Path.of("/elsewhere"), "copy"))
        .isEqualTo(spec);
    assertThat(Json.read(Json.write(spec), CampaignSpec.class, "the spec")).isEqualTo(spec);
  }

  @Test
  void sendNoKeyToAnotherAddress() {
    LlmSpec rate =
        parse(
                """
                {provider: openai, model: m, price: unknown,
                 rate: {base_url: "https://other.example/v1"}}
                """)
            .interpreting()
            .llm(LlmRole.RATE);
    assertThat(rate.baseUrl()).contains("https://other.example/v1");
    assertThat(rate.apiKeyEnv()).isEmpty();
    assertThat(rate.unpriced()).isFalse();
  }

  @Test
  void waitLongerForFlex() {
    LlmSpec llm =
        parse("{provider: openai, model: m, schedule: flex, rate: {schedule: realtime}}")
            .interpreting()
            .llm();
    assertThat(llm.timeoutSeconds()).isEqualTo(900);
    assertThat(llm.of(LlmRole.RATE).timeoutSeconds()).isEqualTo(120);
    assertThat(
            parse("{provider: gemini, model: m, schedule: flex, timeout_seconds: 60}")
                .interpreting()
                .llm()
                .timeoutSeconds())
        .isEqualTo(60);
  }

  @Test
  void knowTheirProvidersVariables() {
    assertThat(parse("{provider: gemini, model: m}").interpreting().llm().apiKeyEnv())
        .contains("GEMINI_API_KEY");
    assertThat(parse("{provider: openrouter, model: m}").interpreting().llm().address())
        .isEqualTo("https://openrouter.ai/api/v1");
  }

  @Test
  void needNoCapWhereNothingCosts() {
    String local = "provider: openai\nmodel: m\nbase_url: http://localhost:8000/v1\n";
    assertThat(parse(local, "").interpreting().llm().free()).isTrue();
    assertThat(parse(local + "price: {input: 0, output: 0}\n", "").limits().usd()).isEmpty();
    for (String costs :
        List.of(
            local + "price: {input: 1, output: 1}\n",
            local + "price: unknown\n",
            local + "rate: {provider: anthropic, model: claude-x}\n",
            "{provider: openai, model: m, base_url: http://10.0.0.5:8000/v1}")) {
      assertThatThrownBy(() -> parse(costs, "")).hasMessageContaining("limits.usd: is missing");
    }
  }

  @Test
  void keepWhatOlderReleasesStored() {
    CampaignSpec spec = parse("{provider: anthropic, model: claude-x, price: unknown}");
    String stored = Json.write(spec).replaceAll(",\"(effort|extra|roles)\":(null|\\{\\})", "");
    assertThat(stored).doesNotContain("effort", "extra", "roles\":");
    assertThat(Json.read(stored, CampaignSpec.class, "the spec")).isEqualTo(spec);
    assertThat(SpecDocument.write(spec)).doesNotContain("effort", "extra", "rate\":");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {provider: openai, model: m, effort: much}|interpret.llm.effort: 'much' is not known, expected one of none, minimal, low, medium, high
          {provider: anthropic, model: m, schedule: flex}|interpret.llm.schedule: is 'flex', but anthropic has none here, expected realtime
          {provider: openrouter, model: m, schedule: batch}|interpret.llm.schedule: is 'batch', but openrouter has none here, expected realtime
          {provider: openai, model: m, extra: {model: other}}|interpret.llm.extra.model: is not passed on, expected parameters
          {provider: openai, model: m, extra: {max_tokens: 5}}|interpret.llm.extra.max_tokens: is not passed on
          {provider: openai, model: m, extra: {n: 8}}|interpret.llm.extra.n: is not passed on
          {provider: openai, model: m, extra: [1]}|interpret.llm.extra: is a list, expected parameters
          {provider: openai, model: m, extra: {a: 2026-01-01}}|interpret.llm.extra.a: is '2026-01-01', expected a number, a text, true or false
          {provider: openai, model: m, rate: {provider: anthropic}}|interpret.llm.rate.model: is missing
          {provider: openai, model: m, rate: {modle: x}}|did you mean 'model'?
          {provider: openai, model: m, rate: {concurrency: 3}}|interpret.llm.rate.concurrency: is no known key
          {provider: openai, model: m, rate: {api_key_env: HF_TOKEN}}|interpret.llm.rate.api_key_env: is not a variable that may hold
          {provider: openai, model: m, rate: {base_url: "http://169.254.169.254/"}}|interpret.llm.rate.base_url: has the host 169.254.169.254
          """)
  void saysWhatIsWrong(String llm, String expected) {
    assertThatThrownBy(() -> parse(llm)).hasMessageContaining(expected);
  }

  @Test
  void haveAPriceOfTheirOwn() {
    LlmSpec rate =
        parse("{provider: openai, model: m, rate: {model: n, price: {input: 0.5, output: 2}}}")
            .interpreting()
            .llm(LlmRole.RATE);
    assertThat(rate.price().map(Price::input)).isEqualTo(Optional.of(BigDecimal.valueOf(0.5)));
  }
}
