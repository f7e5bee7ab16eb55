package dev.piecrust.view.left;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.store.Stores;
import dev.piecrust.view.Recent;
import dev.piecrust.view.WorkedOut;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says how long campaigns that run still take. */
@Singleton
public class TimesLeft {
  /** Ended campaigns whose stages are looked at. */
  private static final int BEFORE = 5;

  private static final String ENDS =
      "select stage, done + failed, ended_at from work_unit where campaign_id = :id"
          + " order by ended_at";

  private static final String ENDED =
      "select id, created_at from campaign where state like 'FINISHED%' order by created_at desc"
          + " limit 50";

  private static final String KEPT =
      "select count(*), 0 from (select distinct layer, feature from kept_prompt"
          + " where campaign_id = :id) features";

  private final Stores stores;
  private final Recent<String, StageCosts> before = new Recent<>(50);
  private final WorkedOut<TimeLeft> known;

  public TimesLeft(Stores stores) {
    this.stores = stores;
    this.known = new WorkedOut<>("piecrust-left", this::work);
  }

  /** Of a campaign that runs; absent for any other, and where that is not worked out yet. */
  public Optional<TimeLeft> of(CampaignStatus status) {
    return status.state() == CampaignState.RUNNING && begun(status)
        ? known.soon(status)
        : Optional.empty();
  }

  private static boolean begun(CampaignStatus status) {
    return status.stages().stream().anyMatch(stage -> stage.done() + stage.failed() > 0);
  }

  private TimeLeft work(String id) {
    CampaignStatus status = stores.campaigns().status(id);
    CampaignSpec spec = stores.campaigns().spec(id);
    List<UnitEnd> ends = ends(id);
    StageCosts costs = StageCosts.of(status.createdAt(), ends);
    boolean paced = spec.askedModels().isEmpty();
    StageCosts others = StageCosts.usual(paced);
    for (String other : likeIt(spec)) {
      others = before.get(other, this::ended).orMore(others);
    }
    costs = costs.or(others, paced);
    Instant last = ends.isEmpty() ? status.createdAt() : ends.get(ends.size() - 1).at();
    return TimeLeft.of(
        spec,
        status.stages(),
        costs,
        stores.reader().first(KEPT, Map.of("id", id), row -> row.number(0)).orElse(0L),
        Duration.between(last, Instant.now()).toMillis() / 1000.0);
  }

  private StageCosts ended(String id) {
    return StageCosts.of(stores.campaigns().status(id).createdAt(), ends(id));
  }

  /** The last that ended, on the same subject; the latest first. */
  private List<String> likeIt(CampaignSpec spec) {
    return stores.reader().list(ENDED, Map.of(), row -> row.text(0)).stream()
        .filter(id -> stores.campaigns().spec(id).subject().equals(spec.subject()))
        .limit(BEFORE)
        .toList();
  }

  private List<UnitEnd> ends(String id) {
    return stores
        .reader()
        .list(
            ENDS, Map.of("id", id), row -> new UnitEnd(row.text(0), row.integer(1), row.moment(2)))
        .stream()
        .sorted(Comparator.comparing(UnitEnd::at))
        .toList();
  }

  @PreDestroy
  void stop() {
    known.close();
  }
}
