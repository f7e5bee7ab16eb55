package dev.piecrust.campaign;

import dev.piecrust.failure.Bounds;
import java.util.List;

/**
 * Stage III: how explanations are evaluated with FADE (docs/method.md §8). Start from {@link
 * #of(FadePreset)}; every number may be overridden.
 *
 * @param preset what the numbers started from
 * @param generationCalls calls that write synthetic texts, 1 or more
 * @param textsPerCall synthetic texts asked of each, 1 or more
 * @param ratedSamples natural samples that are rated, 2 or more
 * @param ratingBatch samples rated in one call, 1 or more
 * @param topShare share of the rated samples that are the very highest activating, 0 to 1
 * @param faithfulness whether the feature is steered
 * @param factors what its maximum natural activation is multiplied by: 0, which is the comparison,
 *     and at least one other; sorted, each once
 * @param steeredTexts texts that are continued for each factor, 1 or more
 * @param continuationTokens length of a continuation, 1 or more
 * @param giniThreshold what clarity and responsiveness must both reach before it is steered, 0 to 1
 * @param seed of samples and continuations
 */
public record EvaluateSpec(
    FadePreset preset,
    int generationCalls,
    int textsPerCall,
    int ratedSamples,
    int ratingBatch,
    double topShare,
    boolean faithfulness,
    List<Double> factors,
    int steeredTexts,
    int continuationTokens,
    double giniThreshold,
    long seed) {
  /** What factors must be. */
  public static final String FACTORS_WORDS = "numbers, 0 (the comparison) and at least one other";

  private static final int RATING_BATCH = 15;
  private static final double TOP_SHARE = 0.1;
  private static final double GINI_THRESHOLD = 0.5;
  private static final List<Double> FACTORS = List.of(-50.0, -10.0, -1.0, 0.0, 1.0, 10.0, 50.0);

  public EvaluateSpec {
    factors = factors.stream().distinct().sorted().toList();
    Bounds.atLeast("evaluate.generation_calls", generationCalls, 1);
    Bounds.atLeast("evaluate.texts_per_call", textsPerCall, 1);
    Bounds.atLeast("evaluate.rated_samples", ratedSamples, 2);
    Bounds.atLeast("evaluate.rating_batch", ratingBatch, 1);
    Bounds.share("evaluate.top_share", topShare);
    Bounds.require(
        "evaluate.factors", factors, factors.contains(0.0) && factors.size() > 1, FACTORS_WORDS);
    Bounds.atLeast("evaluate.steered_texts", steeredTexts, 1);
    Bounds.atLeast("evaluate.continuation_tokens", continuationTokens, 1);
    Bounds.share("evaluate.gini_threshold", giniThreshold);
  }

  /** The numbers of a preset. */
  public static EvaluateSpec of(FadePreset preset) {
    boolean full = preset == FadePreset.FULL;
    return new EvaluateSpec(
        preset,
        full ? 15 : 1,
        5,
        full ? 500 : 20,
        RATING_BATCH,
        TOP_SHARE,
        full,
        FACTORS,
        50,
        30,
        GINI_THRESHOLD,
        0);
  }
}
