package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Written specs are those of release 0.6.0 to the letter, since the ids of campaigns are hashed
 * from them.
 */
final class SpecDocumentTest {
  private static final String LEAST =
      """
      name: least
      subject: {model: "hf://org/model", transcoder: "hf://org/clt@v1"}
      tasks: [{kind: ioi}]
      """;

  private static final String ALL =
      """
      name: all
      subject: {model: "hf://org/model", transcoder: "hf://org/clt@v1"}
      tasks:
        - {kind: ioi, name: names, prompts: 20, seed: 7}
        - {kind: docstring, prompts: 5}
        - {kind: file, path: pairs.jsonl}
      prune:
        methods: [random, fap, circuit-swap]
        budgets: [100, 50]
        corruption: zero
        metric: logsumexp
        scope: per_layer
        random: {seeds: 3}
        held_out: 0.25
        batch: 4
        synergy: {lambda: 2.5, boundary_percent: 10, boundary_cap: 16, partners: 8, partners_per_candidate: 4, seed: 1}
        factp: {pool: all}
        swap: {rounds: 2, pool: 32, objective: metric}
        acdc: {tau: 0.001, ratio: 2}
        ig: {points: 9}
        iterative: {rounds: 7}
      interpret:
        features: {method: fap, budget: 50, min_kept: 2, at_most: 30}
        corpus: {path: corpus.jsonl, windows: 500, tokens: 32}
        evidence: {top: 5, per_stratum: 1, mark_share: 0.5}
        llm:
          provider: openai
          model: one
          base_url: "https://llm.example/v1"
          api_key_env: OPENAI_API_KEY
          schedule: flex
          effort: low
          temperature: 0.5
          max_output_tokens: 900
          concurrency: 3
          extra: {top_k: 40, b: [1, {c: true}], a: x}
          price: {input: 1, output: 4, cached_input: 0.1, reasoning: 5, batch_share: 0.5, cache_write: 1.25, flex_share: 0.6, priority_times: 3}
          explain: {model: two, price: unknown}
          write: {provider: anthropic, model: three, timeout_seconds: 60, price: {input: 3, output: 15}}
          rate: {provider: lexical}
        descriptions: {path: known.json, only: true}
      evaluate:
        preset: full
        generation_calls: 3
        texts_per_call: 4
        rated_samples: 50
        rating_batch: 10
        top_share: 0.2
        faithfulness: false
        factors: [0, 2, -3]
        steered_texts: 6
        continuation_tokens: 12
        gini_threshold: 0.25
        seed: 5
      limits: {usd: 5, requests_per_minute: 60, tokens_per_minute: 90000, failure_share: 0.5}
      """;

  private static final String UNPRICED =
      LEAST
          + """
          prune: {methods: [fap-synergy, fap], budgets: [200, 100]}
          interpret:
            corpus: {published: "hf://org/clt@v1"}
            llm: {provider: gemini, model: m, price: unknown, schedule: flex}
          evaluate: {}
          limits: {usd: 0.125}
          """;

  /** What release 0.6.0 wrote of the three. */
  private static final Path WRITTEN = Path.of("src/test/resources/spec/written.jsonl");

  @TempDir private Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.writeString(folder.resolve("pairs.jsonl"), "");
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"text\": \"a\"}\n");
    Files.writeString(folder.resolve("known.json"), "{\"1\": {\"description\": \"one\"}}");
  }

  @Test
  void defaultsAreFilledIn() throws IOException {
    assertWritten(LEAST, 0);
    assertThat(CampaignIds.of(parse(LEAST))).isEqualTo("least-a381dedb");
  }

  @Test
  void everyKeyIsWritten() throws IOException {
    assertWritten(ALL, 1);
  }

  @Test
  void whatIsUnknownOrDependsOnOtherKeysIsWritten() throws IOException {
    assertWritten(UNPRICED, 2);
    assertThat(CampaignIds.of(parse(UNPRICED))).isEqualTo("least-da524b77");
  }

  private void assertWritten(String yaml, int line) throws IOException {
    CampaignSpec spec = parse(yaml);
    assertThat(SpecDocument.write(spec).replace(folder.toString(), "FOLDER"))
        .isEqualTo(Files.readAllLines(WRITTEN).get(line));
  }

  private CampaignSpec parse(String yaml) {
    return SpecReader.parse(yaml, folder, "spec");
  }
}
