package dev.piecrust.report.meaning;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.Stores;
import dev.piecrust.store.ledger.CostLine;
import dev.piecrust.store.ledger.Spend;
import java.util.List;
import java.util.Map;

/**
 * What a campaign's calls to language models cost.
 *
 * @param spend against the cap
 * @param models by provider and model
 */
public record CampaignCosts(
    Spend spend,
    CostLine total,
    List<CostLine> stages,
    List<CostLine> models,
    Map<FeatureId, CostLine> features) {
  /** The costs so far. */
  public static CampaignCosts of(Stores stores, String campaignId) {
    return new CampaignCosts(
        stores.accounts().spend(campaignId),
        stores.costs().total(campaignId),
        stores.costs().byStage(campaignId),
        stores.costs().byModel(campaignId),
        stores.costs().byFeature(campaignId));
  }
}
