package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

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
  private static final int RATING_BATCH = 15;
  private static final double TOP_SHARE = 0.1;
  private static final double GINI_THRESHOLD = 0.5;
  private static final List<Double> FACTORS = List.of(-50.0, -10.0, -1.0, 0.0, 1.0, 10.0, 50.0);

  public EvaluateSpec {
    factors = factors.stream().distinct().sorted().toList();
    if (generationCalls < 1 || textsPerCall < 1 || ratedSamples < 2 || ratingBatch < 1) {
      throw user(
          "evaluate: generation_calls, texts_per_call and rating_batch must be 1 or more, and"
              + " rated_samples 2 or more");
    }
    if (!(topShare >= 0 && topShare <= 1) || !(giniThreshold >= 0 && giniThreshold <= 1)) {
      throw user("evaluate: top_share and gini_threshold must be from 0 to 1");
    }
    if (steeredTexts < 1 || continuationTokens < 1) {
      throw user("evaluate: steered_texts and continuation_tokens must be 1 or more");
    }
    if (!factors.contains(0.0) || factors.size() < 2) {
      throw user("evaluate.factors: expected 0 (the comparison) and at least one other");
    }
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
