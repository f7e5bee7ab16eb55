package dev.piecrust.bench.web;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The specs of the campaigns that are made up. */
final class BenchSpec {
  static final String TASK = "ioi";
  static final List<String> METHODS =
      List.of(
          "fap",
          "fap-synergy",
          "fap-swap",
          "fap-ig",
          "fap-iterative",
          "clt-relp",
          "activation-magnitude",
          "factp",
          "acdc",
          "random");
  static final List<Integer> BUDGETS = List.of(50, 100, 200, 400, 800);

  private BenchSpec() {}

  /** Makes what specs name, in a folder. */
  static void makeSubjects(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("model-0"));
    Files.createDirectories(folder.resolve("model-1"));
    Files.createDirectories(folder.resolve("clt"));
    Files.writeString(folder.resolve("corpus.jsonl"), "");
  }

  static CampaignSpec of(int campaign, WebSize size, Path folder) {
    String yaml =
        """
        name: %s
        subject: {model: model-%d, transcoder: clt}
        tasks: [{kind: ioi, prompts: %d, seed: 0}]
        prune: {methods: [%s], budgets: %s}
        interpret:
          features: {method: fap-synergy, budget: 100, at_most: %d}
          corpus: {path: corpus.jsonl}
          llm: {provider: openai, model: gpt-6-luna}
        evaluate: {preset: full}
        limits: {usd: 500}
        """
            .formatted(
                WebSize.campaign(campaign),
                campaign % 2,
                size.prompts(),
                String.join(", ", METHODS),
                BUDGETS,
                size.featuresEach());
    return SpecReader.parse(yaml, folder, "bench");
  }
}
