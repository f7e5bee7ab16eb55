package dev.piecrust.view.campaign;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.SqlReader;
import dev.piecrust.view.left.TimesLeft;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the cards of campaigns. */
@Singleton
public class CampaignCards {
  private static final String MONEY =
      "select campaign_id, spent_usd, cap_usd from llm_account where campaign_id in (:ids)";

  private final Stores stores;
  private final LiveRates rates;
  private final Conditions conditions;
  private final TimesLeft left;

  public CampaignCards(Stores stores, LiveRates rates, Conditions conditions, TimesLeft left) {
    this.stores = stores;
    this.rates = rates;
    this.conditions = conditions;
    this.left = left;
  }

  private record Money(BigDecimal spent, Optional<BigDecimal> cap) {}

  /** The card of one campaign, if there is one of this id. */
  public Optional<CampaignCard> find(String id) {
    return of(List.of(id)).stream().findFirst();
  }

  /** The cards of some campaigns, in the same order; unknown ids are left out. */
  public List<CampaignCard> of(List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<CampaignStatus> all = stores.campaigns().some(ids);
    Map<String, Money> money = money(stores.reader(), ids);
    Conditions.Now now = conditions.now(all);
    return all.stream().map(status -> card(status, now, money)).toList();
  }

  private CampaignCard card(CampaignStatus status, Conditions.Now now, Map<String, Money> money) {
    CampaignSpec spec = stores.campaigns().spec(status.id());
    Money known =
        Optional.ofNullable(money.get(status.id()))
            .orElseGet(() -> new Money(BigDecimal.ZERO, spec.limits().usd()));
    List<StageGroup> groups = Timeline.of(spec, status, stage -> rates.of(status.id(), stage));
    Conditions.Verdict verdict = now.of(spec, status, groups);
    return new CampaignCard(
        status,
        verdict.condition(),
        verdict.because(),
        spec.subject().modelName() + " · " + spec.subject().transcoderName(),
        spec.tasks().stream().map(TaskSpec::name).collect(Collectors.joining(", ")),
        groups,
        left.of(status),
        known.spent(),
        known.cap(),
        spec.interpret().filter(wanted -> !wanted.llm().free()).isPresent());
  }

  private static Map<String, Money> money(SqlReader reader, List<String> ids) {
    Map<String, Money> money = new HashMap<>();
    reader
        .list(
            MONEY,
            Map.of("ids", ids),
            row -> Map.entry(row.text(0), new Money(row.amount(1), row.optionalAmount(2))))
        .forEach(entry -> money.put(entry.getKey(), entry.getValue()));
    return money;
  }
}
