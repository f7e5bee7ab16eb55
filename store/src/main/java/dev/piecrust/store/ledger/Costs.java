package dev.piecrust.store.ledger;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.database.Database;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What campaigns paid for, by stage, by model and by feature. */
public final class Costs {
  private static final String SUMS =
      "select stage, layer, feature, provider, model,"
          + " sum(case when state = SETTLED then 1L else 0L end),"
          + " sum(case when state = SETTLED and inputTokens is null then 1L else 0L end),"
          + " sum(case when state = SETTLED and reservedUsd is null then 1L else 0L end),"
          + " sum(case when state = LOST then 1L else 0L end),"
          + " coalesce(sum(inputTokens), 0L), coalesce(sum(cachedInputTokens), 0L),"
          + " coalesce(sum(cacheWriteTokens), 0L),"
          + " coalesce(sum(outputTokens), 0L), coalesce(sum(reasoningTokens), 0L),"
          + " sum(case when state = SETTLED then usd end),"
          + " sum(case when state = LOST or (state = SETTLED and usd is null)"
          + " then reservedUsd end),"
          + " sum(case when state in (RESERVED, QUEUED) then reservedUsd end)"
          + " from LlmCallRow where campaignId = :id";
  private static final String GROUPED = " group by stage, layer, feature, provider, model";
  private static final String HITS = "from LlmHitRow where key.campaignId = :id";

  private final Database database;

  /** Whose cost it is. */
  private record CostPart(String stage, FeatureId feature, String provider, String model) {}

  /** Of this database. */
  public Costs(Database database) {
    this.database = database;
  }

  /** Of all campaigns, what is set aside for calls that are under way or queued. */
  public List<OpenReservation> reserved() {
    return database.call(
        em ->
            em.createQuery(
                    "select new dev.piecrust.store.ledger.OpenReservation(provider, model, stage,"
                        + " coalesce(sum(reservedUsd), 0)) from LlmCallRow"
                        + " where state in (RESERVED, QUEUED) group by provider, model, stage",
                    OpenReservation.class)
                .getResultList());
  }

  /** All in one. */
  public CostLine total(String campaignId) {
    return lines(campaignId, part -> "total").stream().findFirst().orElse(CostLine.none("total"));
  }

  /** By stage, in alphabetical order. */
  public List<CostLine> byStage(String campaignId) {
    return lines(campaignId, CostPart::stage);
  }

  /** By provider and model, as {@code openai/gpt-6-luna}. */
  public List<CostLine> byModel(String campaignId) {
    return lines(campaignId, part -> part.provider() + "/" + part.model());
  }

  /** By feature, in order of layer and index; the first question of all is about none. */
  public Map<FeatureId, CostLine> byFeature(String campaignId) {
    return grouped(
        read(campaignId).stream()
            .filter(entry -> !entry.getKey().stage().equals(FeatureStages.PROBE))
            .toList(),
        CostPart::feature);
  }

  /** All calls about one feature. */
  public CostLine of(String campaignId, FeatureId feature) {
    return database.call(
        em -> {
          Stream<CostLine> calls =
              em.createQuery(
                      SUMS
                          + " and layer = :layer and feature = :feature and stage <> :probe"
                          + GROUPED,
                      Object[].class)
                  .setParameter("probe", FeatureStages.PROBE)
                  .setParameter("id", campaignId)
                  .setParameter("layer", feature.layer())
                  .setParameter("feature", feature.index())
                  .getResultStream()
                  .map(Costs::line);
          Stream<CostLine> hits =
              em.createQuery(
                      HITS + " and key.layer = :layer and key.feature = :feature", LlmHitRow.class)
                  .setParameter("id", campaignId)
                  .setParameter("layer", feature.layer())
                  .setParameter("feature", feature.index())
                  .getResultStream()
                  .map(row -> hits(row.hits));
          return Stream.concat(calls, hits).reduce(CostLine.none(""), CostLine::plus);
        });
  }

  private List<CostLine> lines(String campaignId, Function<CostPart, String> name) {
    return List.copyOf(grouped(read(campaignId), name).values());
  }

  private static <K extends Comparable<K>> Map<K, CostLine> grouped(
      List<Map.Entry<CostPart, CostLine>> parts, Function<CostPart, K> name) {
    Map<K, CostLine> lines = new TreeMap<>();
    parts.forEach(
        entry -> {
          K key = name.apply(entry.getKey());
          lines.merge(key, entry.getValue().of(key.toString()), CostLine::plus);
        });
    return lines;
  }

  private List<Map.Entry<CostPart, CostLine>> read(String campaignId) {
    return database.call(
        em -> {
          List<Map.Entry<CostPart, CostLine>> all = new ArrayList<>();
          em.createQuery(SUMS + GROUPED, Object[].class)
              .setParameter("id", campaignId)
              .getResultStream()
              .forEach(row -> all.add(Map.entry(part(row), line(row))));
          em.createQuery(HITS, LlmHitRow.class)
              .setParameter("id", campaignId)
              .getResultStream()
              .forEach(row -> all.add(Map.entry(part(row.key), hits(row.hits))));
          return all;
        });
  }

  private static CostPart part(Object[] row) {
    FeatureId feature = new FeatureId((int) number(row[1]), (int) number(row[2]));
    return new CostPart((String) row[0], feature, (String) row[3], (String) row[4]);
  }

  private static CostPart part(LlmHitRow.Key key) {
    FeatureId feature = new FeatureId(key.layer(), key.feature());
    return new CostPart(key.stage(), feature, key.provider(), key.model());
  }

  private static CostLine line(Object[] row) {
    TokenUsage usage =
        new TokenUsage(
            number(row[9]), number(row[10]), number(row[11]), number(row[12]), number(row[13]));
    return new CostLine(
        "",
        number(row[5]),
        0,
        usage,
        number(row[6]),
        amount(row[14]),
        amount(row[15]),
        amount(row[16]),
        number(row[7]),
        number(row[8]));
  }

  private static CostLine hits(long hits) {
    CostLine none = CostLine.none("");
    return new CostLine(
        "", 0, hits, none.usage(), 0, none.usd(), none.unknownUsd(), none.reservedUsd(), 0, 0);
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static BigDecimal amount(@Nullable Object value) {
    return value == null ? BigDecimal.ZERO : (BigDecimal) value;
  }
}
