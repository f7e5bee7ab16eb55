package dev.piecrust.store.features;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.store.database.Database;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The features that a campaign explains, what they mean, and how good that is. */
public final class FeatureStore {
  /** The entities of this package. */
  public static final List<Class<?>> ROWS =
      List.of(SelectedFeatureRow.class, ExplanationRow.class, FadeScoreRow.class);

  private final Database database;

  /** Of this database. */
  public FeatureStore(Database database) {
    this.database = database;
  }

  /** Records which features are explained; replaces what was recorded before. */
  public void select(String campaignId, List<SelectedFeature> features) {
    database.run(
        em -> {
          em.createQuery("delete from SelectedFeatureRow where key.campaignId = :id")
              .setParameter("id", campaignId)
              .executeUpdate();
          features.forEach(feature -> em.persist(new SelectedFeatureRow(campaignId, feature)));
          em.flush();
          FeatureSummaries.renew(em, campaignId);
        });
  }

  /** All selected features, by ordinal. */
  public List<SelectedFeature> selected(String campaignId) {
    return selected(campaignId, 0, Integer.MAX_VALUE);
  }

  /** The selected features with ordinals {@code from} (inclusive) to {@code to} (exclusive). */
  public List<SelectedFeature> selected(String campaignId, int from, int to) {
    return database.call(
        em ->
            em.createQuery(
                    "from SelectedFeatureRow where key.campaignId = :id and ordinal >= :from"
                        + " and ordinal < :to order by ordinal",
                    SelectedFeatureRow.class)
                .setParameter("id", campaignId)
                .setParameter("from", from)
                .setParameter("to", to)
                .getResultStream()
                .map(SelectedFeatureRow::feature)
                .toList());
  }

  /** Records what a feature means, or why nobody could say; replaces what was there. */
  public void explain(String campaignId, Explanation explanation) {
    database.run(
        em -> {
          em.merge(new ExplanationRow(campaignId, explanation));
          FeatureSummaries.described(em, campaignId, explanation);
        });
  }

  /** What a feature means, if somebody was asked. */
  public Optional<Explanation> explanation(String campaignId, FeatureId feature) {
    return database.call(
        em ->
            Optional.ofNullable(em.find(ExplanationRow.class, FeatureKey.of(campaignId, feature)))
                .map(ExplanationRow::explanation));
  }

  /** All explanations, by layer and index. */
  public List<Explanation> explanations(String campaignId) {
    return database.call(
        em ->
            em.createQuery(
                    "from ExplanationRow where key.campaignId = :id"
                        + " order by key.layer, key.feature",
                    ExplanationRow.class)
                .setParameter("id", campaignId)
                .getResultStream()
                .map(ExplanationRow::explanation)
                .toList());
  }

  /** Records how good a feature's explanation is; replaces what was there. */
  public void evaluate(String campaignId, FadeResult result) {
    database.run(
        em -> {
          result
              .scores()
              .forEach(
                  (metric, score) ->
                      em.merge(new FadeScoreRow(campaignId, result.feature(), metric, score)));
          FeatureSummaries.scored(em, campaignId, result);
        });
  }

  /** The scores of one feature; empty where it is not evaluated. */
  public Map<FadeMetric, FadeScore> scores(String campaignId, FeatureId feature) {
    return database.call(
        em ->
            em.createQuery(
                    "from FadeScoreRow where key.campaignId = :id and key.layer = :layer"
                        + " and key.feature = :feature",
                    FadeScoreRow.class)
                .setParameter("id", campaignId)
                .setParameter("layer", feature.layer())
                .setParameter("feature", feature.index())
                .getResultStream()
                .collect(toMap(row -> row.key.metric(), FadeScoreRow::outcome)));
  }

  /** All evaluations, by layer and index. */
  public List<FadeResult> evaluations(String campaignId) {
    Map<FeatureId, List<FadeScoreRow>> rows =
        database.call(
            em ->
                em.createQuery("from FadeScoreRow where key.campaignId = :id", FadeScoreRow.class)
                    .setParameter("id", campaignId)
                    .getResultStream()
                    .collect(
                        groupingBy(
                            row -> new FeatureId(row.key.layer(), row.key.feature()),
                            TreeMap::new,
                            toList())));
    return rows.entrySet().stream()
        .map(
            entry ->
                new FadeResult(
                    entry.getKey(),
                    entry.getValue().stream()
                        .collect(toMap(row -> row.key.metric(), FadeScoreRow::outcome))))
        .toList();
  }
}
