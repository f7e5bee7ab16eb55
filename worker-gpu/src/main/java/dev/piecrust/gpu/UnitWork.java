package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
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
  private final ArtifactStore artifacts;

  UnitWork(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.artifacts = artifacts;
  }

  /**
   * Does one unit. What another worker has done of it in the meantime, whole or with fewer
   * failures, stays: whoever comes late changes nothing.
   *
   * @param key of its checkpoint: a hash of all that decides the result
   */
  BatchSummary run(PruneBatch batch, String stage, String key, Supplier<Computed> work) {
    Optional<ArtifactRef> before =
        stores.checkpoints().find(key, artifacts, batch.campaignId(), stage + ": " + batch.unit());
    Computed computed =
        before
            .map(UnitWork::whole)
            .orElseGet(
                () ->
                    kept(
                        key,
                        stores.attempts().during(batch.campaignId(), stage, batch.unit(), work)));
    int failed = computed.failures().size();
    int done = batch.to() - batch.from() - failed;
    UnitRow row =
        stores.units().done(batch.campaignId(), stage, batch.unit(), done, failed, computed.ref());
    if (row.failed() == failed) {
      computed
          .failures()
          .forEach((i, why) -> stores.results().fail(batch.campaignId(), batch.task(), i, why));
    }
    BatchSummary summary =
        new BatchSummary(row.done(), row.failed(), row.result().orElseThrow(), before.isPresent());
    log(batch, stage, summary);
    return summary;
  }

  /** What stands under the key now; a unit with failures is tried again by whoever asks next. */
  private Computed kept(String key, Computed computed) {
    return computed.failures().isEmpty()
        ? whole(stores.checkpoints().put(key, computed.ref()))
        : stores.checkpoints().find(key).map(UnitWork::whole).orElse(computed);
  }

  private static Computed whole(ArtifactRef ref) {
    return new Computed(ref, Map.of());
  }

  private static void log(PruneBatch batch, String stage, BatchSummary summary) {
    LOG.info(
        "{}: {} of {}: {} done, {} failed, {}",
        stage,
        batch.unit(),
        batch.campaignId(),
        summary.done(),
        summary.failed(),
        summary.reused() ? "found" : "computed");
  }

  /** The artifact of a unit of another stage, if that is done. */
  Optional<ArtifactRef> result(PruneBatch batch, String stage) {
    return stores.units().result(batch.campaignId(), stage, batch.unit());
  }
}
