package dev.piecrust.store.ledger;

import static java.util.Objects.requireNonNull;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.ListKey;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists and sums of the calls to language models. */
public final class CallLists {
  private final Database database;

  /** Of this database. */
  public CallLists(Database database) {
    this.database = database;
  }

  /** The sums of one campaign, by stage and model; or of all. */
  public List<CallSum> sums(Optional<String> campaign) {
    return database.call(
        em -> {
          TypedQuery<LlmSumRow> rows =
              em.createQuery(
                  "from LlmSumRow"
                      + (campaign.isPresent() ? " where key.campaignId = :id" : "")
                      + " order by key.campaignId, key.stage, key.provider, key.model",
                  LlmSumRow.class);
          campaign.ifPresent(id -> rows.setParameter("id", id));
          return rows.getResultStream().map(CallSum::of).toList();
        });
  }

  /** The calls that came before one, or the last ones; the last first. */
  public List<CallLine> page(CallQuery query, Optional<ListKey> after, int atMost) {
    StringBuilder hql = new StringBuilder("from LlmCallRow where 1 = 1");
    query.campaign().ifPresent(v -> hql.append(" and campaignId = :campaign"));
    query.stage().ifPresent(v -> hql.append(" and stage = :stage"));
    query.model().ifPresent(v -> hql.append(" and model = :model"));
    query.state().ifPresent(v -> hql.append(" and state = :state"));
    query.feature().ifPresent(v -> hql.append(" and layer = :layer and feature = :feature"));
    hql.append(" and id < :before order by "); // always, for the index by campaign and number
    query.campaign().ifPresent(v -> hql.append("campaignId desc, "));
    query.stage().ifPresent(v -> hql.append("stage desc, "));
    query.state().filter(v -> query.stage().isEmpty()).ifPresent(v -> hql.append("state desc, "));
    hql.append("id desc");
    return database.call(
        em -> {
          TypedQuery<LlmCallRow> rows = em.createQuery(hql.toString(), LlmCallRow.class);
          query.campaign().ifPresent(v -> rows.setParameter("campaign", v));
          query.stage().ifPresent(v -> rows.setParameter("stage", v));
          query.model().ifPresent(v -> rows.setParameter("model", v));
          query.state().ifPresent(v -> rows.setParameter("state", v));
          query.feature().ifPresent(v -> rows.setParameter("layer", v.layer()));
          query.feature().ifPresent(v -> rows.setParameter("feature", v.index()));
          rows.setParameter("before", after.map(ListKey::tie).orElse(Long.MAX_VALUE));
          return rows.setMaxResults(atMost).getResultStream().map(CallLists::line).toList();
        });
  }

  /** One call, if there is one of this number. */
  public Optional<CallLine> find(long id) {
    return database.call(
        em -> Optional.ofNullable(em.find(LlmCallRow.class, id)).map(CallLists::line));
  }

  private static CallLine line(LlmCallRow row) {
    return new CallLine(
        requireNonNull(row.id),
        row.campaignId,
        row.stage,
        new FeatureId(row.layer, row.feature),
        row.provider,
        row.model,
        row.state,
        row.batched,
        Optional.ofNullable(row.reservedUsd),
        Optional.ofNullable(row.usd),
        usage(row),
        row.worker,
        row.reservedAt,
        Optional.ofNullable(row.endedAt),
        row.error);
  }

  private static Optional<TokenUsage> usage(LlmCallRow row) {
    return row.inputTokens == null
        ? Optional.empty()
        : Optional.of(
            new TokenUsage(
                row.inputTokens,
                or0(row.cachedInputTokens),
                or0(row.cacheWriteTokens),
                or0(row.outputTokens),
                or0(row.reasoningTokens)));
  }

  private static long or0(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
