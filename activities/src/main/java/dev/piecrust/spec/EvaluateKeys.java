package dev.piecrust.spec;

import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.FadePreset;
import java.util.function.Function;

/** The keys of {@code evaluate:}. */
final class EvaluateKeys {
  static final YamlChoice<FadePreset> PRESETS =
      new YamlChoice<>(FadePreset.class, FadePreset::label);

  static final SpecKey ALL =
      SpecKey.group(
          "evaluate",
          SpecKeys.of(
              SpecKey.choice(
                  "preset",
                  PRESETS,
                  FadePreset.PIE.label(),
                  "The numbers to begin with: the paper's, or FADE's own."),
              SpecKey.whole(
                  "generation_calls",
                  1,
                  usual(EvaluateSpec::generationCalls),
                  "Calls that write texts which fit a description."),
              SpecKey.whole(
                  "texts_per_call", 1, usual(EvaluateSpec::textsPerCall), "Texts asked of each."),
              SpecKey.whole(
                  "rated_samples",
                  2,
                  usual(EvaluateSpec::ratedSamples),
                  "Texts of the corpus that are rated."),
              SpecKey.whole(
                  "rating_batch", 1, usual(EvaluateSpec::ratingBatch), "Texts rated in one call."),
              SpecKey.share(
                  "top_share",
                  usual(EvaluateSpec::topShare),
                  "Share of the rated texts that are the most active of all."),
              SpecKey.truth(
                  "faithfulness",
                  usual(EvaluateSpec::faithfulness),
                  "Whether features are steered."),
              SpecKey.of(
                  "factors",
                  new SpecValue.Items(
                      SpecValue.Decimal.any(), "a list of numbers, such as [-10, 0, 10]"),
                  usual(EvaluateSpec::factors),
                  "What a feature's largest activation is multiplied by; 0 is the comparison."),
              SpecKey.whole(
                  "steered_texts",
                  1,
                  usual(EvaluateSpec::steeredTexts),
                  "Texts that are continued at each factor."),
              SpecKey.whole(
                  "continuation_tokens",
                  1,
                  usual(EvaluateSpec::continuationTokens),
                  "Tokens of a continuation."),
              SpecKey.share(
                  "gini_threshold",
                  usual(EvaluateSpec::giniThreshold),
                  "What clarity and responsiveness must reach before a feature is steered."),
              SpecKey.seed(
                  EvaluateSpec.of(FadePreset.PIE).seed(), "Seed of samples and continuations.")),
          "{preset: …}",
          "no description is evaluated",
          "Stage III: how descriptions are tested with FADE; it needs an interpret.");

  private EvaluateKeys() {}

  /** What a number is in each preset, said once where it is the same in both. */
  private static String usual(Function<EvaluateSpec, Object> number) {
    String pie = number.apply(EvaluateSpec.of(FadePreset.PIE)).toString();
    String full = number.apply(EvaluateSpec.of(FadePreset.FULL)).toString();
    return pie.equals(full) ? pie : "%s (pie), %s (full)".formatted(pie, full);
  }
}
