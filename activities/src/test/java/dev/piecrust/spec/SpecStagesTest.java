package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.input.Sha256;
import dev.piecrust.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a spec that are about explaining, evaluating and money. */
final class SpecStagesTest {
  private static final String PRUNE_ONLY =
      """
      name: demo
      subject: {model: model, transcoder: clt}
      tasks: [{kind: ioi}]
      prune: {methods: [fap, fap-synergy, random], budgets: [50, 100]}
      """;
  private static final String LEXICAL =
      PRUNE_ONLY
          + """
          interpret:
            corpus: {path: corpus.jsonl}
            llm: {provider: lexical}
          """;

  @TempDir private Path folder;

  @BeforeEach
  void makeTheSubject() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(folder.resolve("clt"));
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"text\": \"a\"}\n");
  }

  @Test
  void fillsInWhatTheBaselineNeeds() {
    CampaignSpec spec = parse(LEXICAL + "evaluate: {preset: pie}\n");
    InterpretSpec interpret = spec.interpreting();
    assertThat(interpret.features()).isEqualTo(new FeatureRule(Method.FAP_SYNERGY, 100, 1, 200));
    assertThat(interpret.corpus().path()).contains(folder.resolve("corpus.jsonl").toString());
    assertThat(interpret.corpus().windows()).isEqualTo(20_000);
    assertThat(interpret.evidence()).isEqualTo(EvidenceSpec.defaults());
    assertThat(interpret.llm()).isEqualTo(LlmSpec.lexical());
    assertThat(spec.evaluating()).isEqualTo(EvaluateSpec.of(FadePreset.PIE));
    assertThat(spec.limits()).isEqualTo(LimitsSpec.defaults());
  }

  @Test
  void readsDescriptionsThatWereMadeElsewhereAndWritesThemBack() throws IOException {
    Path file = Files.writeString(folder.resolve("known.csv"), "id,description\n8,names\n");
    CampaignSpec spec = parse(LEXICAL + "  descriptions: {path: known.csv, only: true}\n");
    assertThat(spec.interpreting().descriptions())
        .contains(
            new DescriptionsSpec(file.toString(), Sha256.of("id,description\n8,names\n"), true));
    assertThat(SpecReader.parse(SpecDocument.write(spec), Path.of("/elsewhere"), "copy"))
        .isEqualTo(spec);
    assertThat(Json.read(Json.write(spec), CampaignSpec.class, "the spec")).isEqualTo(spec);
  }

  @Test
  void anotherContentOfTheDescriptionsIsAnotherCampaign() throws IOException {
    String text = LEXICAL + "  descriptions: {path: known.csv}\n";
    Files.writeString(folder.resolve("known.csv"), "id,description\n8,names\n");
    String first = CampaignIds.of(parse(text));
    assertThat(CampaignIds.of(parse(text))).isEqualTo(first);
    Files.writeString(folder.resolve("known.csv"), "id,description\n8,places\n");
    assertThat(CampaignIds.of(parse(text))).isNotEqualTo(first);
    assertThat(CampaignIds.of(parse(LEXICAL))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{only: yes} | spec.yaml:8:24: interpret.descriptions.only: is 'yes', expected true or"
            + " false",
        "{only: true} | interpret.descriptions.path: is missing, expected a .json, .jsonl or .csv",
        "{path: no.csv} | spec.yaml:8:24: interpret.descriptions.path: there is no",
        "{path: bad.csv} | spec.yaml:8:24: interpret.descriptions.path: descriptions",
        "{path: bad.csv} | bad.csv line 2: Cantor id is 'x', expected a whole number",
        "{path: good.csv, sha256: abc} | spec.yaml:8:42: interpret.descriptions.sha256: is 'abc',"
            + " expected",
      })
  void refusesDescriptionsThatCannotBeRead(String descriptions, String complaint)
      throws IOException {
    Files.writeString(folder.resolve("bad.csv"), "id,description\nx,names\n");
    Files.writeString(folder.resolve("good.csv"), "id,description\n8,names\n");
    assertThatThrownBy(() -> parse(LEXICAL + "  descriptions: " + descriptions + "\n"))
        .hasMessageContaining(complaint);
  }

  @Test
  void readsEveryKeyAndWritesItBack() {
    CampaignSpec spec =
        parse(
            PRUNE_ONLY
                + """
                interpret:
                  features: {method: fap, budget: 50, min_kept: 2, at_most: 30}
                  corpus: {published: clt, windows: 10, tokens: 24}
                  evidence: {top: 5, per_stratum: 0, mark_share: 0.5}
                  llm:
                    provider: openai
                    model: own-model
                    base_url: http://localhost:8000/v1
                    api_key_env: LITELLM_API_KEY
                    schedule: batch
                    temperature: 0.5
                    max_output_tokens: 500
                    concurrency: 4
                    timeout_seconds: 30
                    price: {input: 0.25, cached_input: 0.025, output: 2, reasoning: 3, batch_share: 0.5}
                evaluate:
                  preset: full
                  generation_calls: 2
                  texts_per_call: 3
                  rated_samples: 40
                  rating_batch: 10
                  top_share: 0.2
                  faithfulness: false
                  factors: [10, 0, -10]
                  steered_texts: 4
                  continuation_tokens: 8
                  gini_threshold: 0.25
                  seed: 9
                limits: {usd: 1.5, requests_per_minute: 600, tokens_per_minute: 60000}
                """);
    InterpretSpec interpret = spec.interpreting();
    assertThat(interpret.features()).isEqualTo(new FeatureRule(Method.FAP, 50, 2, 30));
    assertThat(interpret.corpus())
        .isEqualTo(
            new CorpusSpec(
                Optional.empty(), Optional.of(folder.resolve("clt").toString()), 10, 24));
    assertThat(interpret.evidence()).isEqualTo(new EvidenceSpec(5, 0, 0.5));
    assertThat(interpret.llm())
        .isEqualTo(
            new LlmSpec(
                LlmProviderKind.OPENAI,
                "own-model",
                Optional.of("http://localhost:8000/v1"),
                Optional.of("LITELLM_API_KEY"),
                LlmSchedule.BATCH,
                Optional.of(0.5),
                500,
                4,
                30,
                Optional.of(
                    new Price(usd("0.25"), usd("0.025"), usd("2.0"), usd("3.0"), usd("0.5"))),
                false));
    assertThat(spec.evaluating())
        .isEqualTo(
            new EvaluateSpec(
                FadePreset.FULL,
                2,
                3,
                40,
                10,
                0.2,
                false,
                List.of(-10.0, 0.0, 10.0),
                4,
                8,
                0.25,
                9));
    assertThat(spec.limits())
        .isEqualTo(
            new LimitsSpec(Optional.of(usd("1.5")), Optional.of(600), Optional.of(60_000), 0.2));
    assertThat(SpecReader.parse(SpecDocument.write(spec), Path.of("/elsewhere"), "copy"))
        .isEqualTo(spec);
    assertThat(Json.read(Json.write(spec), CampaignSpec.class, "the spec")).isEqualTo(spec);
  }

  @Test
  void readsASpecThatAnOlderReleaseStored() {
    CampaignSpec spec = parse(PRUNE_ONLY);
    String stored =
        Json.write(spec)
            .replaceAll(",?\"(interpret|evaluate)\":null", "")
            .replaceAll(",?\"(usd|requestsPerMinute|tokensPerMinute)\":null", "")
            .replace("{,", "{");
    assertThat(stored).doesNotContain("interpret", "usd");
    assertThat(Json.read(stored, CampaignSpec.class, "the spec")).isEqualTo(spec);
  }

  @Test
  void keepsTheCampaignsIdWhenItsMoneyAndRatesChange() {
    String paid =
        PRUNE_ONLY
            + """
            interpret:
              corpus: {path: corpus.jsonl}
              llm: {provider: anthropic, model: claude-x, price: unknown}
            """;
    CampaignSpec one = parse(paid + "limits: {usd: 1}\n");
    CampaignSpec two = parse(paid + "limits: {usd: 2, requests_per_minute: 5}\n");
    assertThat(one.interpreting().llm().apiKeyEnv()).contains("ANTHROPIC_API_KEY");
    assertThat(one.interpreting().llm().unpriced()).isTrue();
    assertThat(CampaignIds.of(one)).isEqualTo(CampaignIds.of(two));
    assertThat(CampaignIds.of(one)).isNotEqualTo(CampaignIds.of(parse(LEXICAL)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          features: {method: acdc}|interpret.features.method: 'acdc' is not among the methods
          features: {budget: 70}|interpret.features.budget: 70 is not among prune.budgets, expected one of [50, 100]
          corpus: {path: nowhere}|interpret.corpus.path: there is no
          corpus: {windows: 5}|interpret.corpus.path: is missing, expected a file of texts
          corpus: {path: corpus.jsonl, published: clt}|interpret.corpus.path: is given beside published
          llm: {provider: openay}|did you mean 'openai'?
          llm: {provider: openai}|interpret.llm.model: is missing
          llm: {provider: openai, model: " "}|interpret.llm.model: is empty, expected the provider's name of a model
          llm: {provider: openai, model: m}|limits.usd: is missing, expected what the LLM's calls may cost in all
          llm: {provider: openai, model: m, base_url: "ftp://x"}|interpret.llm.base_url: is no address
          llm: {provider: openai, model: m, base_url: "http://u:secret@x/v1"}|interpret.llm.base_url: is no address
          llm: {provider: openai, model: m, base_url: "http://169.254.169.254/v1"}|interpret.llm.base_url: has the host 169.254.169.254, which is a link-local address or a cloud's own, expected the address of a language model
          llm: {provider: openai, model: m, base_url: "http://0xA9FEA9FE/v1"}|interpret.llm.base_url: has the host 0xa9fea9fe, expected a name, or an address such as 10.0.0.5
          llm: {provider: lexical, schedule: batch}|interpret.llm.schedule: is 'batch', but lexical answers at once
          llm: {provider: openai, model: m, price: cheap}|interpret.llm.price: is 'cheap', expected unknown, or keys: input
          llm: {provider: openai, model: m, price: {input: 1}}|interpret.llm.price.output: is missing
          llm: {provider: openai, model: m, max_output_tokens: 0}|is '0', expected a whole number from 1
          evidence: {mark_share: 1}|interpret.evidence.mark_share: is '1', expected a number between 0 and 1
          """)
  void saysWhatIsWrongWithInterpret(String line, String expected) {
    String interpret =
        "interpret:\n  "
            + line
            + (line.startsWith("corpus") ? "" : "\n  corpus: {path: corpus.jsonl}")
            + (line.startsWith("llm") ? "" : "\n  llm: {provider: lexical}")
            + "\n";
    assertThatThrownBy(() -> parse(PRUNE_ONLY + interpret))
        .hasMessageContaining(expected)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          preset: ful|evaluate.preset: 'ful' is not known, expected one of pie, full (did you mean 'full'?)
          rated_samples: 1|evaluate.rated_samples: is '1', expected a whole number from 2
          faithfulness: maybe|evaluate.faithfulness: is 'maybe', expected true or false
          factors: [1, 2]|evaluate.factors: is ['1', '2'], expected numbers, 0 (the comparison) and at least one other
          factors: [0, x]|evaluate.factors: is ['0', 'x'], expected numbers
          gini_threshold: 2|evaluate.gini_threshold: is '2', expected a number from 0 to 1
          textspercall: 2|did you mean 'texts_per_call'?
          """)
  void saysWhatIsWrongWithEvaluate(String line, String expected) {
    assertThatThrownBy(() -> parse(LEXICAL + "evaluate:\n  " + line + "\n"))
        .hasMessageContaining(expected);
  }

  @Test
  void neverRepeatsWhatMayBeAKey() {
    String secret = "sk-proj-0123456789";
    assertThatThrownBy(
            () ->
                parse(
                    PRUNE_ONLY
                        + "interpret:\n  corpus: {path: corpus.jsonl}\n"
                        + "  llm: {provider: openai, model: m, api_key_env: %s}\n"
                            .formatted(secret)))
        .hasMessageContaining("interpret.llm.api_key_env: is not the name of an environment")
        .hasMessageNotContaining(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HF_TOKEN",
        "GITHUB_TOKEN",
        "PIECRUST_DATABASE_PASSWORD",
        "PIECRUST_PAYLOAD_KEYS",
        "AWS_SECRET_ACCESS_KEY",
        "https_proxy",
        "TEMPORAL_API_KEY",
        "piecrust_api_token"
      })
  void tellsNoEndpointAnotherSecret(String variable) {
    assertThatThrownBy(
            () ->
                parse(
                    PRUNE_ONLY
                        + "interpret:\n  corpus: {path: corpus.jsonl}\n"
                        + "  llm: {provider: openai, model: m, base_url: 'https://evil.example/v1',"
                        + " api_key_env: %s}\n".formatted(variable)))
        .hasMessageContaining(
            "interpret.llm.api_key_env: is not a variable that may hold a language model's key,"
                + " expected one of OPENAI_API_KEY, ANTHROPIC_API_KEY, GEMINI_API_KEY")
        .hasMessageNotContaining(variable);
  }

  private static BigDecimal usd(String amount) {
    return new BigDecimal(amount);
  }

  private CampaignSpec parse(String yaml) {
    return SpecReader.parse(yaml, folder, "spec.yaml");
  }
}
