package dev.piecrust.report.meaning;

import dev.piecrust.campaign.Method;
import dev.piecrust.report.text.Figures;
import dev.piecrust.store.Stores;
import dev.piecrust.store.result.CircuitResults.Mean;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * In which order features stand in tables and pages where nobody asks for another. A circuit of the
 * first ones is to do what the model does on prompts that had no part in ranking them: where the
 * campaign has measured that, its numbers decide.
 */
public enum FeatureRanking {
  /** {@code Σ|score|} over all prompts and positions: better in docs/method.md §5. */
  MEAN_SCORE("mean-score", "the sum of |score| over all prompts"),

  /** How many occurrences are kept. */
  KEPT_COUNT("kept-count", "how often a feature is kept");

  /** The kind of the event that says how a campaign's features are ranked. */
  public static final String EVENT = "ranking";

  private final String label;
  private final String words;

  FeatureRanking(String label, String words) {
    this.label = label;
    this.words = words;
  }

  /** What a feature is ranked by, the largest first. */
  public double of(int kept, double sumOfAbsScores) {
    return this == MEAN_SCORE ? sumOfAbsScores : kept;
  }

  /**
   * What was chosen.
   *
   * @param words and why, in a sentence without its stop
   */
  public record Choice(FeatureRanking ranking, String words) {}

  /**
   * The ranking whose circuits have the lower KL on held-out prompts, in the mean over tasks.
   *
   * @param heldOut circuits of {@code budget} features; empty where none was measured
   * @param method by which features are kept; its circuits alone count where it was ranked both
   *     ways, otherwise those of all methods but {@code random} that were
   */
  public static Choice choose(List<Mean> heldOut, String method, int budget) {
    Set<String> bothWays =
        methods(heldOut, MEAN_SCORE).stream()
            .filter(methods(heldOut, KEPT_COUNT)::contains)
            .filter(name -> !name.equals(Method.RANDOM.label()))
            .collect(Collectors.toSet());
    if (bothWays.isEmpty()) {
      return new Choice(
          MEAN_SCORE,
          "Features are ranked by %s, which carries over better than %s (docs/method.md §5)"
                  .formatted(MEAN_SCORE.words, KEPT_COUNT.words)
              + "; this campaign has measured no circuits that tell");
    }
    boolean own = bothWays.contains(method);
    Predicate<Mean> counts =
        mean -> own ? mean.method().equals(method) : bothWays.contains(mean.method());
    double score = mean(heldOut, MEAN_SCORE, counts);
    double kept = mean(heldOut, KEPT_COUNT, counts);
    FeatureRanking best = score <= kept ? MEAN_SCORE : KEPT_COUNT;
    return new Choice(
        best,
        "Features are ranked by %s: held-out KL of circuits of the first %d%s is %s nats, against %s by %s"
            .formatted(
                best.words,
                budget,
                own ? " of " + method : "",
                Figures.of(Math.min(score, kept)),
                Figures.of(Math.max(score, kept)),
                (best == MEAN_SCORE ? KEPT_COUNT : MEAN_SCORE).words));
  }

  private static Set<String> methods(List<Mean> heldOut, FeatureRanking ranking) {
    return heldOut.stream()
        .filter(mean -> mean.ranking().equals(ranking.label))
        .map(Mean::method)
        .collect(Collectors.toSet());
  }

  private static double mean(List<Mean> heldOut, FeatureRanking ranking, Predicate<Mean> counts) {
    return heldOut.stream()
        .filter(mean -> mean.ranking().equals(ranking.label))
        .filter(counts)
        .mapToDouble(Mean::klLast)
        .average()
        .orElseThrow();
  }

  /** How the features of a campaign are ranked, in a sentence without its stop. */
  public static String words(Stores stores, String campaignId) {
    // Until 0.6, features were ranked by how often they were kept, and nothing was said of it.
    return stores
        .campaigns()
        .said(campaignId, EVENT)
        .orElse("Features are ranked by " + KEPT_COUNT.words);
  }
}
