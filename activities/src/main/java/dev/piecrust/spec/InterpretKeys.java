package dev.piecrust.spec;

import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.Method;

/** The keys of {@code interpret:}. */
final class InterpretKeys {
  static final int USUAL_BUDGET = 100;

  private static final EvidenceSpec USUAL_EVIDENCE = EvidenceSpec.defaults();

  private static final SpecKey FEATURES =
      SpecKey.group(
          "features",
          "Which features are explained: all that a method keeps, over all tasks and prompts.",
          SpecKey.choice(
              "method",
              PruneKeys.METHODS,
              "%s, else the first of prune.methods".formatted(Method.FAP_SYNERGY.label()),
              "One of prune.methods that keeps occurrences prompt by prompt."),
          SpecKey.whole(
              "budget",
              1,
              "%d, else the first of prune.budgets".formatted(USUAL_BUDGET),
              "One of prune.budgets."),
          SpecKey.whole(
              "min_kept",
              1,
              FeatureRule.DEFAULT_MIN_KEPT,
              "Occurrences of a feature, over all prompts, that must be kept."),
          SpecKey.whole(
              "at_most",
              1,
              FeatureRule.DEFAULT_AT_MOST,
              "Most features; those kept most often come first."));

  private static final SpecKeys CORPUS =
      SpecKeys.of(
          SpecKey.text(
              "path",
              "the path of a file",
              "required, or published",
              "Texts that evidence is looked for in: JSON lines with a text each, comma-separated"
                  + " values with a column text, or plain text with one a line; .gz is unpacked."),
          SpecKey.text(
              "published",
              "the path of a folder, or hf://ORG/REPO",
              SpecKey.NONE,
              "Published feature files instead of a corpus: a folder with features/index.json.gz."),
          SpecKey.whole(
              "windows",
              1,
              CorpusSpec.DEFAULT_WINDOWS,
              "Windows that are read, from the beginning of the corpus."),
          SpecKey.whole(
              "tokens",
              2,
              CorpusSpec.DEFAULT_TOKENS,
              "Tokens of a window; longer texts are cut into several."));

  private static final SpecKey EVIDENCE =
      SpecKey.group(
          "evidence",
          "What the explainer is shown of a feature.",
          SpecKey.whole(
              "top", 1, USUAL_EVIDENCE.top(), "Windows in which the feature is most active."),
          SpecKey.whole(
              "per_stratum",
              0,
              USUAL_EVIDENCE.perStratum(),
              "Windows from each lower range of its activation (percentiles 0–50–75–95–100)."),
          SpecKey.of(
              "mark_share",
              SpecValue.Decimal.between(0, 1),
              USUAL_EVIDENCE.markShare(),
              "Tokens above this share of their window's maximum stand between << and >>."));

  private static final SpecKeys DESCRIPTIONS =
      SpecKeys.of(
          SpecKey.text(
              "path",
              "a .json, .jsonl or .csv file of descriptions",
              SpecKey.REQUIRED,
              "Descriptions by layer and index, or by Cantor id."),
          SpecKey.truth(
              "only", "false", "Whether features that the file does not describe are left out."),
          SpecKey.of(
              "sha256",
              new SpecValue.Text("[0-9a-f]{64}", "64 hexadecimal digits"),
              "that of the file",
              "What the file must be; another content is another campaign."));

  static final SpecKey ALL =
      SpecKey.group(
          "interpret",
          SpecKeys.of(
              FEATURES,
              SpecKey.group(
                  "corpus",
                  CORPUS,
                  "{path: FILE}, or {published: FOLDER}",
                  SpecKey.REQUIRED,
                  "Where evidence comes from."),
              EVIDENCE,
              LlmKeys.ALL,
              SpecKey.group(
                  "descriptions",
                  DESCRIPTIONS,
                  "{path: FILE}",
                  "the explainer describes all",
                  "Descriptions made elsewhere, which are evaluated without paying for new ones.")),
          "{corpus: …, llm: …}",
          "no feature is explained",
          "Stage II: which features are explained, by whom, and from what.");

  private InterpretKeys() {}
}
