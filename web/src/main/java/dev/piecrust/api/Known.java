package dev.piecrust.api;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.control.CampaignService;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.Stores;
import dev.piecrust.view.FeatureViews;
import dev.piecrust.view.PromptViews;

/** Goes on only where there is something to speak of. */
public final class Known {
  private Known() {}

  /** Whether a campaign is there; says so where it is not. */
  static void campaign(CampaignService campaigns, String id) {
    if (campaigns.find(id).isEmpty()) {
      throw new NotThere(String.valueOf(CampaignService.unknown(id).getMessage()));
    }
  }

  /** The spec of a campaign that has a task of this name. */
  public static CampaignSpec task(
      CampaignService campaigns, Stores stores, String id, String task) {
    campaign(campaigns, id);
    CampaignSpec spec = stores.campaigns().spec(id);
    if (spec.tasks().stream().map(TaskSpec::name).noneMatch(task::equals)) {
      throw new NotThere(
          "campaign %s has no task '%s', expected one of %s"
              .formatted(id, task, spec.tasks().stream().map(TaskSpec::name).toList()));
    }
    return spec;
  }

  /** Goes on only where a task has a prompt of this index. */
  public static void prompt(
      CampaignService campaigns,
      Stores stores,
      PromptViews prompts,
      String id,
      String task,
      int prompt) {
    CampaignSpec unused = task(campaigns, stores, id, task);
    if (!prompts.has(id, task, prompt)) {
      throw new NotThere("task %s of campaign %s has no prompt %d".formatted(task, id, prompt));
    }
  }

  /** The feature of this layer and index, which a campaign explains or a method of it keeps. */
  public static FeatureId feature(FeatureViews features, String id, int layer, int index) {
    boolean possible = layer >= 0 && index >= 0;
    if (!possible || !features.knows(id, new FeatureId(layer, index))) {
      throw new NotThere(
          "campaign %s has no feature %d/%d: none of its methods keeps it"
              .formatted(id, layer, index));
    }
    return new FeatureId(layer, index);
  }
}
