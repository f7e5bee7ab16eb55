package dev.piecrust.ui.ledger;

import dev.piecrust.store.ledger.CallQuery;
import dev.piecrust.ui.Address;
import java.util.Locale;
import java.util.Optional;

/** What the ledger's page shows, in the words of its address. */
public record LedgerFilter(CallQuery query) {
  public Optional<String> campaign() {
    return query.campaign();
  }

  public String stageText() {
    return query.stage().orElse("");
  }

  public String modelText() {
    return query.model().orElse("");
  }

  public String stateText() {
    return query.state().map(state -> state.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  public String featureText() {
    return query.feature().map(f -> f.layer() + "/" + f.index()).orElse("");
  }

  /** Whether not all calls of the campaign are shown. */
  public boolean narrowed() {
    return query.stage().isPresent()
        || query.model().isPresent()
        || query.state().isPresent()
        || query.feature().isPresent();
  }

  /** The same list from its beginning. */
  Address here() {
    return Address.of("ledger")
        .with("campaign", campaign())
        .with("stage", stageText())
        .with("model", modelText())
        .with("state", stateText())
        .with("feature", featureText());
  }
}
