package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.input.Roots;
import dev.piecrust.spec.SpecRoots;
import dev.piecrust.store.campaign.CampaignStore;
import java.util.Optional;

/** Transcoders that campaigns of this installation trained. */
final class TrainedHere {
  private final CampaignService service;
  private final CampaignStore campaigns;

  TrainedHere(CampaignService service, CampaignStore campaigns) {
    this.service = service;
    this.campaigns = campaigns;
  }

  /** The spec with the folder of its transcoder, where it names the campaign that trained it. */
  CampaignSpec inItsFolder(CampaignSpec spec) {
    return spec.subject()
        .trainedBy()
        .map(given -> SpecRoots.allowed(spec.withTranscoder(folder(given)), Roots.ofThisProcess()))
        .orElse(spec);
  }

  private String folder(String given) {
    String id = CampaignFinder.idOf(service, given);
    CampaignStatus status =
        campaigns
            .find(id)
            .orElseThrow(
                () ->
                    user(
                        "subject.transcoder: there is no campaign '%s', expected one that trained"
                            + " a transcoder here",
                        given));
    CampaignSpec trained = campaigns.spec(id);
    if (trained.train().isEmpty()) {
      throw user(
          "subject.transcoder: campaign %s trains nothing, expected one with train in its spec",
          id);
    }
    if (!isWhole(status)) {
      throw user(
          "subject.transcoder: campaign %s is %s, expected its training to have ended",
          id, status.state().words());
    }
    return trained.subject().transcoder();
  }

  /** Who trained the transcoder of a spec, in a sentence, where that was a campaign here. */
  Optional<String> note(CampaignSpec spec) {
    if (spec.train().isPresent()) {
      return Optional.empty();
    }
    String folder = spec.subject().transcoder();
    return campaigns.list().stream()
        .filter(TrainedHere::isWhole)
        .map(CampaignStatus::id)
        .filter(id -> campaigns.spec(id).subject().transcoder().equals(folder))
        .findFirst()
        .map(id -> "campaign %s trained the transcoder %s".formatted(id, folder));
  }

  /** The last step is counted when the folder is whole. */
  private static boolean isWhole(CampaignStatus status) {
    return status.stages().stream()
        .filter(stage -> stage.stage().equals(Stages.TRAIN))
        .anyMatch(stage -> stage.total() > 0 && stage.done() >= stage.total());
  }
}
