package dev.piecrust.store.features;

import static java.util.stream.Collectors.toMap;

import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.ListKey;
import dev.piecrust.store.database.SqlReader;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Lists of a campaign's features. A feature that lacks what the list is sorted by comes last,
 * whichever way it is sorted: such a list has two parts, each read along an index.
 */
public final class FeatureLists {
  private static final int MISSING = SelectedFeatureRow.MISSING;

  private static final String DESCRIPTIONS =
      """
      select f.layer, f.feature, f.description
      from unnest(cast(:layers as integer array), cast(:features as integer array))
        as asked (layer, feature)
      join campaign_feature f
        on f.campaign_id = :id and f.layer = asked.layer and f.feature = asked.feature
      where f.description is not null
      """;

  private final Database database;

  /** Of this database. */
  public FeatureLists(Database database) {
    this.database = database;
  }

  /** The features that come after a place, or the first ones. */
  public List<FeatureLine> page(FeatureQuery query, Optional<ListKey> after, int atMost) {
    return database.call(
        em -> {
          boolean inSecondPart = after.filter(key -> !isThere(query.sort(), key)).isPresent();
          List<FeatureLine> lines = new ArrayList<>();
          if (!inSecondPart) {
            lines.addAll(part(em, query, true, after, atMost));
          }
          if (lines.size() < atMost && !query.sort().there().isEmpty()) {
            Optional<ListKey> from = inSecondPart ? after : Optional.empty();
            lines.addAll(part(em, query, false, from, atMost - lines.size()));
          }
          return lines;
        });
  }

  /** One feature, if it was chosen. */
  public Optional<FeatureLine> find(String campaignId, FeatureId feature) {
    FeatureKey key = FeatureKey.of(campaignId, feature);
    return database.call(
        em ->
            Optional.ofNullable(em.find(SelectedFeatureRow.class, key))
                .map(row -> line(row, FeatureSort.RANK)));
  }

  /** All scores of one of FADE's metrics, of the features that have one, in their order. */
  public Map<FeatureId, Double> scores(String campaignId, FadeMetric metric) {
    Map<FeatureId, Double> scores = new LinkedHashMap<>();
    String column = metric.label();
    database.run(
        em ->
            em.createQuery(
                    "select f.key.layer, f.key.feature, f.%s from SelectedFeatureRow f"
                            .formatted(column)
                        + " where f.key.campaignId = :id and f.%s >= 0 order by f.ordinal"
                            .formatted(column),
                    Object[].class)
                .setParameter("id", campaignId)
                .getResultStream()
                .forEach(
                    row ->
                        scores.put(
                            new FeatureId((Integer) row[0], (Integer) row[1]), (Double) row[2])));
    return scores;
  }

  /** What some features mean, of those that are described: one question, of one shape. */
  public Map<FeatureId, String> descriptions(String campaignId, Collection<FeatureId> features) {
    List<FeatureId> asked = features.stream().distinct().toList();
    return new SqlReader(database)
            .list(
                DESCRIPTIONS,
                Map.of(
                    "id",
                    campaignId,
                    "layers",
                    asked.stream().map(FeatureId::layer).toArray(Integer[]::new),
                    "features",
                    asked.stream().map(FeatureId::index).toArray(Integer[]::new)),
                row -> Map.entry(new FeatureId(row.integer(0), row.integer(1)), row.text(2)))
            .stream()
            .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How many features a campaign has chosen. */
  public long count(String campaignId) {
    return database.call(
        em ->
            em.createQuery(
                    "select coalesce(max(ordinal) + 1, 0) from SelectedFeatureRow"
                        + " where key.campaignId = :id",
                    Integer.class)
                .setParameter("id", campaignId)
                .getSingleResult());
  }

  private static boolean isThere(FeatureSort sort, ListKey key) {
    return sort.there().isEmpty()
        || (sort.text() ? !key.value().isEmpty() : key.number() > MISSING);
  }

  private static List<FeatureLine> part(
      EntityManager em, FeatureQuery query, boolean there, Optional<ListKey> after, int atMost) {
    FeatureSort sort = query.sort();
    StringBuilder hql = new StringBuilder("from SelectedFeatureRow f where f.key.campaignId = :id");
    hql.append(along(sort, there));
    after.ifPresent(key -> hql.append(follows(query, there)));
    hql.append(filters(query)).append(order(query, there));
    TypedQuery<SelectedFeatureRow> rows =
        em.createQuery(hql.toString(), SelectedFeatureRow.class)
            .setParameter("id", query.campaignId())
            .setMaxResults(atMost);
    after.ifPresent(key -> place(rows, sort, there, key));
    query.layer().ifPresent(layer -> rows.setParameter("layer", layer));
    if (!query.text().isEmpty()) {
      rows.setParameter("text", pattern(query.text()));
    }
    return rows.getResultStream().map(row -> line(row, sort)).toList();
  }

  /** A range of the column that is sorted by, so that the database goes along its index. */
  private static String along(FeatureSort sort, boolean there) {
    if (sort.there().isEmpty()) {
      return " and " + sort.column() + " >= 0";
    }
    return there ? " and " + sort.there() : " and not " + sort.there();
  }

  /** Written so that the index can be followed, in one direction or the other. */
  private static String follows(FeatureQuery query, boolean there) {
    FeatureSort sort = query.sort();
    if (!there) {
      return " and f.ordinal > :tie";
    }
    boolean up = query.ascending();
    boolean tieUp = tieUp(query);
    return " and %s %s :value and (%s %s :value or %s %s :tie)"
        .formatted(
            sort.column(),
            up ? ">=" : "<=",
            sort.column(),
            up ? ">" : "<",
            sort.tie(),
            tieUp ? ">" : "<");
  }

  /** Every index has its ties ascending: whether it is followed, or gone back. */
  private static boolean tieUp(FeatureQuery query) {
    return query.sort().smallestFirst() == query.ascending();
  }

  private static String order(FeatureQuery query, boolean there) {
    if (!there) {
      return " order by f.key.campaignId, f.ordinal";
    }
    FeatureSort sort = query.sort();
    String tie = tieUp(query) ? "asc" : "desc";
    String order =
        " order by f.key.campaignId %s, %s %s"
            .formatted(tie, sort.column(), query.ascending() ? "asc" : "desc");
    return sort.tie().equals(sort.column()) ? order : order + ", %s %s".formatted(sort.tie(), tie);
  }

  private static String filters(FeatureQuery query) {
    StringBuilder hql = new StringBuilder();
    if (query.layer().isPresent()) {
      hql.append(" and f.key.layer = :layer");
    }
    if (!query.text().isEmpty()) {
      hql.append(" and lower(f.description) like :text escape '!'");
    }
    query
        .scored()
        .ifPresent(
            scored ->
                hql.append(scored ? " and " : " and not ")
                    .append("(f.clarity >= 0 or f.responsiveness >= 0 or f.purity >= 0")
                    .append(" or f.faithfulness >= 0)"));
    return hql.toString();
  }

  private static void place(
      TypedQuery<SelectedFeatureRow> rows, FeatureSort sort, boolean there, ListKey key) {
    rows.setParameter("tie", key.wholeTie());
    if (!there) {
      return;
    }
    switch (sort) {
      case RANK, KEPT, FEATURE, POSITION -> rows.setParameter("value", (int) key.number());
      case DESCRIPTION -> rows.setParameter("value", key.value());
      default -> rows.setParameter("value", key.number());
    }
  }

  private static String pattern(String text) {
    String plain = text.toLowerCase(Locale.ROOT);
    return "%" + plain.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }

  private static FeatureLine line(SelectedFeatureRow row, FeatureSort sort) {
    Map<FadeMetric, Double> scores = new EnumMap<>(FadeMetric.class);
    put(scores, FadeMetric.CLARITY, row.clarity);
    put(scores, FadeMetric.RESPONSIVENESS, row.responsiveness);
    put(scores, FadeMetric.PURITY, row.purity);
    put(scores, FadeMetric.FAITHFULNESS, row.faithfulness);
    return new FeatureLine(
        row.feature(), Optional.ofNullable(row.description), scores, key(row, sort));
  }

  private static void put(Map<FadeMetric, Double> scores, FadeMetric metric, double score) {
    if (score != MISSING) {
      scores.put(metric, score);
    }
  }

  private static ListKey key(SelectedFeatureRow row, FeatureSort sort) {
    return switch (sort) {
      case RANK -> new ListKey("" + row.ordinal, row.ordinal);
      case KEPT -> new ListKey("" + row.kept, row.ordinal);
      case FEATURE -> new ListKey("" + row.key.layer(), row.key.feature());
      case SCORE -> new ListKey("" + row.meanAbsScore, row.ordinal);
      case POSITION -> new ListKey("" + row.place, row.ordinal);
      case DESCRIPTION -> new ListKey(row.title, row.ordinal);
      case CLARITY -> new ListKey("" + row.clarity, row.ordinal);
      case RESPONSIVENESS -> new ListKey("" + row.responsiveness, row.ordinal);
      case PURITY -> new ListKey("" + row.purity, row.ordinal);
      case FAITHFULNESS -> new ListKey("" + row.faithfulness, row.ordinal);
    };
  }
}
