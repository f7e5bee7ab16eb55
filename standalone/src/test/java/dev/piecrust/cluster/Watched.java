package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A campaign that is looked at from outside, as long as the database answers. */
record Watched(Stores stores, String id) {
  private static final long PATIENCE_MS = 300_000;
  private static final long LOOK_MS = 5;

  /** Something that is done to a process. */
  interface Deed {
    void act() throws Exception;
  }

  CampaignStatus status() {
    return stores.campaigns().status(id);
  }

  /**
   * Waits until a stage is under way, or a later one where nobody looked while it was: some take a
   * few milliseconds. Empty where the campaign has ended before.
   */
  Optional<Stage> reaches(Stage stage) throws InterruptedException {
    List<Stage> reached = new ArrayList<>();
    await(
        status -> {
          Stage.of(status).filter(now -> now.compareTo(stage) >= 0).ifPresent(reached::add);
          return status.state().ended() || !reached.isEmpty();
        });
    return reached.stream().findFirst();
  }

  void awaitEnd() throws InterruptedException {
    await(status -> status.state().ended());
  }

  /** Waits until a stage has so many units. */
  void awaitDone(String stage, int units) throws InterruptedException {
    await(
        status ->
            status.stages().stream().anyMatch(s -> s.stage().equals(stage) && s.done() >= units));
  }

  /** Does it, and waits until another unit is done; returns how long nothing moved. */
  Duration recovery(Deed deed) throws Exception {
    int units = units(status());
    long before = System.nanoTime();
    deed.act();
    await(status -> units(status) > units || status.state().ended());
    return Duration.ofNanos(System.nanoTime() - before);
  }

  private void await(Predicate<CampaignStatus> condition) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    while (!holds(condition)) {
      assertThat(System.currentTimeMillis()).as(() -> "waiting in " + status()).isLessThan(end);
      Thread.sleep(LOOK_MS);
    }
  }

  private boolean holds(Predicate<CampaignStatus> condition) {
    try {
      return condition.test(status());
    } catch (RuntimeException databaseIsAway) {
      return false;
    }
  }

  private static int units(CampaignStatus status) {
    return status.stages().stream().mapToInt(StageProgress::done).sum();
  }
}
