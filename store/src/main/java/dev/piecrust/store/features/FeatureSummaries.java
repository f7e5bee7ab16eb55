package dev.piecrust.store.features;

import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import jakarta.persistence.EntityManager;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is said of a feature in other tables beside the feature itself, where lists are sorted
 * and filtered by it.
 */
final class FeatureSummaries {
  /** Characters of a description that lists are sorted by. */
  private static final int TITLE = 60;

  private static final String OF_ONE =
      " where key.campaignId = :id and key.layer = :layer and key.feature = :feature";
  private static final String DESCRIPTION =
      "(select e.description from ExplanationRow e where e.key.campaignId = f.key.campaignId"
          + " and e.key.layer = f.key.layer and e.key.feature = f.key.feature)";
  private static final String SCORE =
      "coalesce((select s.score from FadeScoreRow s where s.key.campaignId = f.key.campaignId"
          + " and s.key.layer = f.key.layer and s.key.feature = f.key.feature"
          + " and s.key.metric = %s), -1.0)";

  private FeatureSummaries() {}

  /** Takes everything over for features that were chosen anew. */
  static void renew(EntityManager em, String campaignId) {
    em.createQuery(
            "update SelectedFeatureRow f set f.description = "
                + DESCRIPTION
                + ", f.clarity = "
                + SCORE.formatted(FadeMetric.CLARITY)
                + ", f.responsiveness = "
                + SCORE.formatted(FadeMetric.RESPONSIVENESS)
                + ", f.purity = "
                + SCORE.formatted(FadeMetric.PURITY)
                + ", f.faithfulness = "
                + SCORE.formatted(FadeMetric.FAITHFULNESS)
                + " where f.key.campaignId = :id")
        .setParameter("id", campaignId)
        .executeUpdate();
    em.createQuery(
            "update SelectedFeatureRow f set f.title ="
                + " coalesce(lower(left(f.description, 60)), '') where f.key.campaignId = :id")
        .setParameter("id", campaignId)
        .executeUpdate();
  }

  /** A feature was explained, or nobody could. */
  static void described(EntityManager em, String campaignId, Explanation explanation) {
    FeatureId feature = explanation.feature();
    String description = explanation.description().orElse(null);
    em.createQuery(
            "update SelectedFeatureRow set description = :description, title = :title" + OF_ONE)
        .setParameter("description", description)
        .setParameter("title", title(description))
        .setParameter("id", campaignId)
        .setParameter("layer", feature.layer())
        .setParameter("feature", feature.index())
        .executeUpdate();
  }

  /** A feature's explanation was evaluated. */
  static void scored(EntityManager em, String campaignId, FadeResult result) {
    Map<FadeMetric, FadeScore> scores = result.scores();
    FeatureId feature = result.feature();
    em.createQuery(
            "update SelectedFeatureRow set clarity = :clarity, responsiveness = :responsiveness,"
                + " purity = :purity, faithfulness = :faithfulness"
                + OF_ONE)
        .setParameter("clarity", value(scores.get(FadeMetric.CLARITY)))
        .setParameter("responsiveness", value(scores.get(FadeMetric.RESPONSIVENESS)))
        .setParameter("purity", value(scores.get(FadeMetric.PURITY)))
        .setParameter("faithfulness", value(scores.get(FadeMetric.FAITHFULNESS)))
        .setParameter("id", campaignId)
        .setParameter("layer", feature.layer())
        .setParameter("feature", feature.index())
        .executeUpdate();
  }

  private static String title(@Nullable String description) {
    if (description == null) {
      return "";
    }
    String lower = description.toLowerCase(Locale.ROOT);
    return lower.substring(0, Math.min(TITLE, lower.length()));
  }

  private static double value(@Nullable FadeScore score) {
    return score instanceof FadeScore.Scored scored ? scored.value() : SelectedFeatureRow.MISSING;
  }
}
