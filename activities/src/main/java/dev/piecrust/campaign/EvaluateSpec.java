package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;
import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import java.util.List;
import java.util.Map;

/**
 * Stage III: how explanations are evaluated with FADE (docs/method.md §8). Start from {@link
 * #of(FadePreset)}; every number may be overridden.
 *
 * @param factors sorted, each once
 */
public record EvaluateSpec(
    @FormField(
            value = "Evaluate by FADE",
            wide = true,
            help = "pie: the paper’s numbers; full: FADE’s own",
            none = "no")
        @Key(
            value = "The numbers to begin with: the paper's, or FADE's own.",
            usual = {"pie", "full"},
            otherwise = "pie")
        FadePreset preset,
    @Key(
            value = "Calls that write texts which fit a description.",
            in = "[1, ∞)",
            usual = {"1", "15"})
        int generationCalls,
    @Key(value = "Texts asked of each.", in = "[1, ∞)", usual = "5") int textsPerCall,
    @Key(
            value = "Texts of the corpus that are rated.",
            in = "[2, ∞)",
            usual = {"20", "500"})
        int ratedSamples,
    @Key(value = "Texts rated in one call.", in = "[1, ∞)", usual = "15") int ratingBatch,
    @Key(
            value = "Share of the rated texts that are the most active of all.",
            in = "[0, 1]",
            usual = "0.1")
        double topShare,
    @Key(
            value = "Whether features are steered.",
            usual = {"false", "true"})
        boolean faithfulness,
    @Key(
            value = "What a feature's largest activation is multiplied by; 0 is the comparison.",
            expected = "a list of numbers",
            example = "[-10, 0, 10]",
            usual = "[-50, -10, -1, 0, 1, 10, 50]")
        List<Double> factors,
    @Key(value = "Texts that are continued at each factor.", in = "[1, ∞)", usual = "50")
        int steeredTexts,
    @Key(value = "Tokens of a continuation.", in = "[1, ∞)", usual = "30") int continuationTokens,
    @Key(
            value = "What clarity and responsiveness must reach before a feature is steered.",
            in = "[0, 1]",
            usual = "0.5")
        double giniThreshold,
    @Key(value = "Seed of samples and continuations.", in = "[0, ∞)", usual = "0") long seed) {
  /** What factors must be. */
  public static final String FACTORS_WORDS = "numbers, 0 (the comparison) and at least one other";

  public EvaluateSpec {
    factors = factors.stream().distinct().sorted().toList();
    RecordKeys.check(
        EvaluateSpec.class,
        "evaluate",
        preset,
        generationCalls,
        textsPerCall,
        ratedSamples,
        ratingBatch,
        topShare,
        faithfulness,
        factors,
        steeredTexts,
        continuationTokens,
        giniThreshold,
        seed);
    Bounds.require(
        "evaluate.factors", factors, factors.contains(0.0) && factors.size() > 1, FACTORS_WORDS);
  }

  /** The numbers of a preset. */
  public static EvaluateSpec of(FadePreset preset) {
    return RecordKeys.make(EvaluateSpec.class, Map.of("preset", preset)).orElseThrow();
  }
}
