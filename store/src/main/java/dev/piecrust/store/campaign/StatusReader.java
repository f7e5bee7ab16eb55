package dev.piecrust.store.campaign;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the status of many campaigns with two queries, however many they are. */
final class StatusReader {
  private StatusReader() {}

  /** What the units of one stage add up to. */
  record Sum(String campaignId, String stage, long done, long failed, Instant updatedAt) {
    StageRow.Key key() {
      return new StageRow.Key(campaignId, stage);
    }
  }

  static List<CampaignStatus> read(EntityManager em, List<CampaignRow> campaigns) {
    List<String> ids = campaigns.stream().map(row -> row.id).toList();
    Map<StageRow.Key, Sum> sums =
        em.createQuery(
                "select new dev.piecrust.store.campaign.StatusReader$Sum(key.campaignId, key.stage,"
                    + " done, failed, updatedAt) from UnitSumRow where key.campaignId in :ids",
                Sum.class)
            .setParameter("ids", ids)
            .getResultStream()
            .collect(toMap(Sum::key, sum -> sum));
    Map<String, List<StageRow>> stages =
        em.createQuery(
                "from StageRow where key.campaignId in :ids order by openedAt, key.stage",
                StageRow.class)
            .setParameter("ids", ids)
            .getResultStream()
            .collect(groupingBy(stage -> stage.key.campaignId()));
    return campaigns.stream()
        .map(row -> status(row, stages.getOrDefault(row.id, List.of()), sums))
        .toList();
  }

  private static CampaignStatus status(
      CampaignRow row, List<StageRow> stages, Map<StageRow.Key, Sum> sums) {
    return new CampaignStatus(
        row.id,
        row.name,
        row.state,
        row.message,
        row.createdAt,
        Optional.ofNullable(row.finishedAt),
        stages.stream()
            .map(stage -> progress(stage, Optional.ofNullable(sums.get(stage.key))))
            .toList());
  }

  private static StageProgress progress(StageRow stage, Optional<Sum> sum) {
    return new StageProgress(
        stage.key.stage(),
        stage.prompts,
        sum.map(s -> Math.toIntExact(s.done())).orElse(0),
        sum.map(s -> Math.toIntExact(s.failed())).orElse(0),
        Optional.of(stage.openedAt),
        sum.map(Sum::updatedAt));
  }
}
