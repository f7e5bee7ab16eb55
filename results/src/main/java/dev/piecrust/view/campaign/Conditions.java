package dev.piecrust.view.campaign;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.store.Stores;
import dev.piecrust.store.rate.Outage;
import dev.piecrust.view.Numbers;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what is true of a campaign beyond its state: nothing is called running that does not run.
 */
@Singleton
public class Conditions {
  /** What was done so lately is under way still. */
  private static final Duration LATELY = Duration.ofSeconds(20);

  /** The shortest silence that is worth a word. */
  private static final Duration SILENCE = Duration.ofSeconds(90);

  /** A unit that takes three times as long as usual is worth a word too. */
  private static final double USUAL_TIMES = 3;

  private static final String ENDPOINTS =
      "select s.campaign_id, max(e.blocked_ms) from llm_share s join llm_endpoint e on e.id ="
          + " s.endpoint where s.campaign_id in (:ids) group by s.campaign_id";

  private final Stores stores;
  private final Clock clock;

  @Inject
  public Conditions(Stores stores) {
    this(stores, Clock.systemUTC());
  }

  Conditions(Stores stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /**
   * @param because one sentence; may be empty
   */
  public record Verdict(Condition condition, String because) {}

  /** What is to be known of some campaigns, read once for all of them. */
  Now now(List<CampaignStatus> campaigns) {
    List<String> ids =
        campaigns.stream()
            .filter(status -> !status.state().ended())
            .map(CampaignStatus::id)
            .toList();
    if (ids.isEmpty()) {
      return new Now(clock.instant(), Signs.NONE, Map.of(), Map.of());
    }
    Map<String, Long> blocked = new HashMap<>();
    stores
        .reader()
        .list(ENDPOINTS, Map.of("ids", ids), row -> Map.entry(row.text(0), row.number(1)))
        .forEach(entry -> blocked.put(entry.getKey(), entry.getValue()));
    return new Now(
        clock.instant(), Signs.of(stores.processes().all()), blocked, stores.endpoints().outages());
  }

  /** What is known at one moment. */
  static final class Now {
    private final Instant at;
    private final Signs signs;
    private final Map<String, Long> blocked;
    private final Map<String, Outage> outages;

    private Now(Instant at, Signs signs, Map<String, Long> blocked, Map<String, Outage> outages) {
      this.at = at;
      this.signs = signs;
      this.blocked = blocked;
      this.outages = outages;
    }

    Verdict of(CampaignSpec spec, CampaignStatus status, List<StageGroup> groups) {
      if (status.state() != CampaignState.RUNNING) {
        return new Verdict(Condition.of(status.state()), status.message());
      }
      return failing(spec, groups)
          .or(() -> heldUp(status.id()))
          .or(() -> loading(status.id()))
          .or(() -> idle(status, groups))
          .orElseGet(() -> new Verdict(Condition.RUNNING, status.message()));
    }

    /** Half of what may fail has failed. */
    private static Optional<Verdict> failing(CampaignSpec spec, List<StageGroup> groups) {
      double most = spec.limits().failureShare();
      return groups.stream()
          .flatMap(group -> group.stages().stream())
          .filter(stage -> !stage.complete() && stage.failed() > most / 2 * stage.total())
          .findFirst()
          .map(
              stage ->
                  new Verdict(
                      Condition.FAILING,
                      "%s: %d of %d %s failed; the campaign pauses at %s"
                          .formatted(
                              stage.name(),
                              stage.failed(),
                              stage.ended(),
                              stage.things(),
                              Numbers.percent(most))));
    }

    /** Its language model gives no answers, or wants no calls. */
    private Optional<Verdict> heldUp(String id) {
      if (outages.containsKey(id)) {
        return Optional.of(new Verdict(Condition.WAITING_FOR_LLM, outages.get(id).sentence()));
      }
      long now = at.toEpochMilli();
      return Optional.ofNullable(blocked.get(id))
          .filter(until -> until > now)
          .map(
              until ->
                  new Verdict(
                      Condition.RATE_LIMITED,
                      "the provider wants no calls for " + left(until, now)));
    }

    private static String left(long until, long now) {
      return Numbers.span((until - now + 999) / 1000);
    }

    /** A worker downloads or loads its model, or waits for the device to do so. */
    private Optional<Verdict> loading(String id) {
      return Optional.ofNullable(signs.loads().get(id))
          .map(
              load ->
                  new Verdict(
                      load.waits() ? Condition.WAITING_FOR_GPU : Condition.LOADING,
                      load.sentence()));
    }

    /** Nothing of it is under way, or what is takes much longer than usual. */
    private Optional<Verdict> idle(CampaignStatus status, List<StageGroup> groups) {
      Optional<Instant> last =
          groups.stream()
              .flatMap(group -> group.stages().stream())
              .flatMap(stage -> stage.updatedAt().stream())
              .max(Comparator.naturalOrder());
      Duration silence = Duration.between(last.orElse(status.createdAt()), at);
      if (silence.compareTo(LATELY) < 0) {
        return Optional.empty();
      }
      if (signs.worksFor(status.id())) {
        return stalled(groups, silence);
      }
      return signs.gpus() == 0
          ? Optional.of(new Verdict(Condition.WAITING_FOR_GPU, "no GPU worker was heard of lately"))
          : waiting(silence);
    }

    private Optional<Verdict> waiting(Duration silence) {
      String who = signs.gpus() == 1 ? "the GPU worker is" : "all GPU workers are";
      return signs.freeGpus() == 0
          ? Optional.of(new Verdict(Condition.WAITING_FOR_GPU, who + " busy with other campaigns"))
          : Optional.of(silence)
              .filter(time -> time.compareTo(SILENCE) > 0)
              .map(time -> noProgress(time, "nothing of it is under way"));
    }

    private static Optional<Verdict> stalled(List<StageGroup> groups, Duration silence) {
      double usual =
          groups.stream()
              .filter(group -> !group.complete())
              .findFirst()
              .flatMap(StageGroup::current)
              .flatMap(StageView::perSecond)
              .filter(rate -> rate > 0)
              .map(rate -> 1 / rate)
              .orElse(Double.POSITIVE_INFINITY);
      return silence.compareTo(SILENCE) > 0 && silence.toSeconds() > USUAL_TIMES * usual
          ? Optional.of(noProgress(silence, "one usually takes " + Numbers.span(Math.round(usual))))
          : Optional.empty();
    }

    private static Verdict noProgress(Duration silence, String why) {
      return new Verdict(
          Condition.STALLED, "for %s; %s".formatted(Numbers.span(silence.toSeconds()), why));
    }
  }
}
