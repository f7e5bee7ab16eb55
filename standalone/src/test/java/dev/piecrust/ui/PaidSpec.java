package dev.piecrust.ui;

import dev.piecrust.embedded.Program;

/** The text of a small campaign whose language model costs money, half a cent a call. */
record PaidSpec(String name, String baseUrl, String cap) {
  static final String KEY_VARIABLE = "STAND_IN_API_KEY";

  String text() {
    return """
        name: %1$s
        subject: {model: %2$s/model, transcoder: %2$s/clt}
        tasks: [{kind: ioi, prompts: 10, seed: 1000}]
        prune:
          methods: [fap, random]
          budgets: [10, 50]
          random: {seeds: 2}
          batch: 5
        interpret:
          features: {method: fap, budget: 10, at_most: 12}
          corpus: {path: %2$s/corpus.jsonl.gz, windows: 200, tokens: 48}
          llm:
            provider: openai
            model: stand-in
            base_url: %3$s
            api_key_env: %4$s
            max_output_tokens: 100
            concurrency: 2
            price: {input: 10, output: 100}
        evaluate: {preset: pie}
        limits: {usd: %5$s, requests_per_minute: 6000, tokens_per_minute: 10000000}
        """
        .formatted(name, Program.ROOT.resolve("demo"), baseUrl, KEY_VARIABLE, cap);
  }
}
