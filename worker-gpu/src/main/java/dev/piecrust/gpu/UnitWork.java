package dev.piecrust.gpu;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.artifact.ArtifactRef;
import dev.piecrust.store.Stores;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does units: each is found by its key, or else computed, and recorded either way. */
final class UnitWork {
  /**
   * What a unit gave.
   *
   * @param failures reason by prompt index
   */
  record Computed(ArtifactRef ref, Map<Integer, String> failures) {}

  private static final Logger LOG = LoggerFactory.getLogger(UnitWork.class);

  private final Stores stores;

  UnitWork(Stores stores) {
    this.stores = stores;
  }

  /**
   * Does one unit.
   *
   * @param key of its checkpoint: a hash of all that decides the result
   */
  BatchSummary run(PruneBatch batch, String stage, String key, Supplier<Computed> work) {
    Optional<ArtifactRef> before = stores.checkpoints().find(key);
    Computed computed = before.map(ref -> new Computed(ref, Map.of())).orElseGet(work);
    int failed = computed.failures().size();
    // A unit with failures is tried again by whoever asks next.
    ArtifactRef ref =
        before.isEmpty() && failed == 0
            ? stores.checkpoints().put(key, computed.ref())
            : computed.ref();
    computed
        .failures()
        .forEach((i, why) -> stores.results().fail(batch.campaignId(), batch.task(), i, why));
    BatchSummary summary =
        new BatchSummary(batch.to() - batch.from() - failed, failed, ref, before.isPresent());
    stores.units().done(batch.campaignId(), stage, batch.unit(), summary.done(), failed, ref);
    LOG.info(
        "{}: {} of {}: {} done, {} failed, {}",
        stage,
        batch.unit(),
        batch.campaignId(),
        summary.done(),
        failed,
        summary.reused() ? "found" : "computed");
    return summary;
  }

  /** The artifact of a unit of another stage, if that is done. */
  Optional<ArtifactRef> result(PruneBatch batch, String stage) {
    return stores.units().units(batch.campaignId(), stage).stream()
        .filter(row -> row.stage().equals(stage) && row.unit().equals(batch.unit()))
        .flatMap(row -> row.result().stream())
        .findFirst();
  }
}
