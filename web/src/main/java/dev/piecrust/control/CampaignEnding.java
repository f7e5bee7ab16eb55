package dev.piecrust.control;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.report.Reports;
import dev.piecrust.report.meaning.SameDescription;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.features.FeatureStore;
import java.util.ArrayList;
import java.util.List;

/** Ends campaigns as finished, or finished with failures, and says which. */
final class CampaignEnding {
  private final CampaignStore campaigns;
  private final FeatureStore features;
  private final Reports reports;

  CampaignEnding(CampaignStore campaigns, FeatureStore features, Reports reports) {
    this.campaigns = campaigns;
    this.features = features;
    this.reports = reports;
  }

  /** Ends a campaign that went through all of its stages. */
  CampaignState end(String id) {
    return end(id, List.of());
  }

  /** Ends a campaign with what there is, because somebody wants no more. */
  CampaignState endEarly(String id, String who) {
    return end(id, List.of(FinishedEarly.by(who)));
  }

  private CampaignState end(String id, List<String> remarks) {
    SameDescription.note(features.explanations(id))
        .ifPresent(note -> campaigns.eventOnce(id, "descriptions", note));
    List<Failure> failures = reports.failures(id);
    List<String> message = new ArrayList<>(remarks);
    if (!failures.isEmpty()) {
      message.add(sentence(failures));
    }
    CampaignState end =
        failures.isEmpty() ? CampaignState.FINISHED : CampaignState.FINISHED_WITH_FAILURES;
    campaigns.enter(id, end, String.join("; ", message));
    return end;
  }

  private static String sentence(List<Failure> failures) {
    int prompts = failures.stream().mapToInt(Failure::prompts).sum();
    if (prompts > 0) {
      return prompts + " prompts have no result";
    }
    Failure first = failures.get(0);
    return "%s %s: %s".formatted(first.task(), first.what(), first.reason());
  }
}
