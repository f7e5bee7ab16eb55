package dev.piecrust.view;

import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureWrites;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.store.ledger.CostLine;
import dev.piecrust.store.result.KeptPrompts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a campaign knows of one feature.
 *
 * @param cantor its public id
 * @param selected absent where it is not among those that the campaign explains
 * @param explanation absent where nobody was asked yet
 * @param evidence absent where the corpus was not looked at yet
 * @param scores empty where it is not evaluated
 * @param written texts that the language model wrote from the description, behind clarity
 * @param rated natural texts that it rated, behind responsiveness and purity
 * @param steered continuations that it rated, behind faithfulness
 * @param places where prompts keep it, by position
 * @param together the features that are kept by the same prompts most often
 * @param previous the kept feature before it, by layer and index
 * @param next the one after it
 * @param keepers how many prompts keep it, by the campaign's rule
 * @param rule in words, such as {@code fap-synergy at K=100}
 */
public record FeatureView(
    String campaign,
    FeatureId feature,
    long cantor,
    Optional<SelectedFeature> selected,
    Optional<Explanation> explanation,
    CostLine cost,
    Optional<EvidenceView> evidence,
    Map<FadeMetric, FadeScore> scores,
    List<ActivatedText> written,
    List<RatedSample> rated,
    List<RatedContinuation> steered,
    List<KeptPrompts.Place> places,
    List<Companion> together,
    Optional<FeatureId> previous,
    Optional<FeatureId> next,
    long keepers,
    String rule) {
  public FeatureView {
    scores = Map.copyOf(scores);
    written = List.copyOf(written);
    rated = List.copyOf(rated);
    steered = List.copyOf(steered);
    places = List.copyOf(places);
    together = List.copyOf(together);
  }

  /**
   * A feature that is kept by the same prompts.
   *
   * @param prompts how many, of the first {@value FeatureViews#LOOKED_AT} that keep the feature
   * @param description where there is one
   */
  public record Companion(FeatureId feature, long prompts, Optional<String> description) {}

  /**
   * What the corpus says.
   *
   * @param windows how many were read
   * @param active in how many of them it is active
   * @param maximum its highest activation
   * @param examples those of the highest activation first
   * @param writes absent where it was not recorded
   */
  public record EvidenceView(
      int windows,
      int active,
      double maximum,
      Histogram histogram,
      List<Example> examples,
      Optional<FeatureWrites> writes) {
    public EvidenceView {
      examples = List.copyOf(examples);
    }
  }
}
