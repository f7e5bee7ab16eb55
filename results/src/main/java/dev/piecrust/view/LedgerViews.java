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
