package dev.piecrust.view;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.feature.LlmExchange;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.ListKey;
import dev.piecrust.store.ledger.CallLine;
import dev.piecrust.store.ledger.CallQuery;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls to language models, added up, as lists and one by one. */
@Singleton
public class LedgerViews {
  private final Stores stores;
  private final UnitArtifacts artifacts;

  public LedgerViews(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = new UnitArtifacts(stores.units(), artifacts);
  }

  /** The sums of one campaign, or of all. */
  public LedgerView sums(Optional<String> campaign) {
    return LedgerView.of(stores.views().calls().sums(campaign));
  }

  /** What was spent over time, by one campaign or by all, at a few hundred moments at most. */
  public LedgerTime time(Optional<String> campaign) {
    Map<String, String> of = campaign.map(id -> Map.of("id", id)).orElse(Map.of());
    String where = campaign.isPresent() ? " where campaign_id = :id" : "";
    long width =
        stores
            .reader()
            .first(
                "select coalesce(max(minute_no), 0), coalesce(min(minute_no), 0) from llm_minute"
                    + where,
                of,
                row -> 1 + (row.number(0) - row.number(1)) / LedgerTime.MOST)
            .orElse(1L);
    return LedgerTime.of(
        width,
        stores
            .reader()
            .list(
                "select minute_no / %d, sum(usd), sum(requests) from llm_minute".formatted(width)
                    + where
                    + " group by minute_no / %d order by 1".formatted(width),
                of,
                row -> new LedgerTime.Span(row.number(0), row.amount(1), row.number(2))));
  }

  /** A part of a list of calls, the last first. */
  public Page<CallLine> page(CallQuery query, Optional<ListKey> after, int size) {
    List<CallLine> calls = stores.views().calls().page(query, after, size + 1);
    return Page.of(calls, size, call -> new ListKey("", call.id()).token());
  }

  /** One call, if there is one of this number. */
  public Optional<CallView> call(long id) {
    return stores.views().calls().find(id).map(call -> new CallView(call, exchange(call)));
  }

  private Optional<LlmExchange> exchange(CallLine call) {
    FeatureUnit unit = new FeatureUnit(call.campaign(), call.feature());
    return artifacts
        .readOne(unit, FeatureStages.transcript(call.stage()), LlmTranscript.class)
        .flatMap(
            said ->
                said.exchanges().stream()
                    .filter(exchange -> exchange.call() == call.id())
                    .findFirst());
  }
}
