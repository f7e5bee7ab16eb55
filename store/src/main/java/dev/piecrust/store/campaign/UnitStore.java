package dev.piecrust.store.campaign;

import static java.util.Objects.requireNonNull;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.metric.Meters;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.Moments;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The units of work of each campaign that ended, and how. */
public final class UnitStore {
  private static final int TOGETHER = 500;
  private static final String TRANSCRIPT = FeatureStages.transcript("");

  private final Database database;
  private final MeterRegistry meters;

  /** Of this database, counting by these meters. */
  public UnitStore(Database database, MeterRegistry meters) {
    this.database = database;
    this.meters = meters;
  }

  /**
   * Records a unit as done. It replaces a parking, and a result with as many failures or more,
   * which is tried anew; but a worker that comes late with a worse result than there is changes
   * nothing.
   *
   * @return what stands now: this, or the better one
   */
  @CanIgnoreReturnValue
  public UnitRow done(
      String campaignId, String stage, String unit, int done, int failed, ArtifactRef result) {
    UnitRecord.Key key = new UnitRecord.Key(campaignId, stage, unit);
    Standing standing = database.call(em -> done(em, key, done, failed, result));
    if (standing.news()) {
      count(stage, done, failed);
    }
    return standing.row();
  }

  /**
   * Records many units of one item each as done, a few hundred in a transaction.
   *
   * @param results by unit
   */
  public void done(String campaignId, String stage, Map<String, ArtifactRef> results) {
    List<String> units = List.copyOf(results.keySet());
    for (int from = 0; from < units.size(); from += TOGETHER) {
      List<String> some = units.subList(from, Math.min(units.size(), from + TOGETHER));
      long news =
          database.call(
              em ->
                  some.stream()
                      .map(unit -> new UnitRecord.Key(campaignId, stage, unit))
                      .filter(
                          key ->
                              done(em, key, 1, 0, requireNonNull(results.get(key.unit()))).news())
                      .count());
      count(stage, Math.toIntExact(news), 0);
    }
  }

  /**
   * What stands for a unit.
   *
   * @param news whether that was not known before
   */
  private record Standing(UnitRow row, boolean news) {}

  private static Standing done(
      EntityManager em, UnitRecord.Key key, int done, int failed, ArtifactRef result) {
    UnitRecord record = findOrAdd(em, key);
    if (record.sha256 != null && record.failed < failed) {
      return new Standing(row(record), false);
    }
    boolean news = !result.sha256().equals(record.sha256);
    UnitSums.add(em, key, done - record.done, failed - record.failed);
    record.parked = false;
    record.done = done;
    record.failed = failed;
    record.sha256 = result.sha256();
    record.bytes = result.bytes();
    record.reason = null;
    return new Standing(row(record), news);
  }

  /**
   * Records a unit that was given up; one that is done meanwhile stays done.
   *
   * @return whether that is news
   */
  public boolean park(UnitFailure failure) {
    UnitRecord.Key key = new UnitRecord.Key(failure.campaignId(), failure.stage(), failure.unit());
    boolean news = database.call(em -> park(em, key, failure));
    if (news) {
      count(failure.stage(), 0, failure.prompts());
    }
    return news;
  }

  private static boolean park(EntityManager em, UnitRecord.Key key, UnitFailure failure) {
    UnitRecord record = findOrAdd(em, key);
    if (record.sha256 != null || failure.reason().equals(record.reason)) {
      return false;
    }
    UnitSums.add(em, key, 0, failure.prompts() - record.failed);
    record.parked = true;
    record.failed = failure.prompts();
    record.reason = failure.reason();
    return true;
  }

  /** The result of one unit, if it is done. */
  public Optional<ArtifactRef> result(String campaignId, String stage, String unit) {
    return database.call(
        em ->
            Optional.ofNullable(
                    em.find(UnitRecord.class, new UnitRecord.Key(campaignId, stage, unit)))
                .flatMap(record -> row(record).result()));
  }

  /** The units of all stages whose name begins like this, by stage and then by unit. */
  public List<UnitRow> units(String campaignId, String stagePrefix) {
    return database.call(
        em ->
            em.createQuery(
                    "from UnitRecord where key.campaignId = :id"
                        + " and left(key.stage, length(:prefix)) = :prefix"
                        + " order by key.stage, key.unit",
                    UnitRecord.class)
                .setParameter("id", campaignId)
                .setParameter("prefix", stagePrefix)
                .getResultStream()
                .map(UnitStore::row)
                .toList());
  }

  /** The units of one stage, by unit. */
  public List<UnitRow> ofStage(String campaignId, String stage) {
    return ofStage(campaignId, stage, "");
  }

  /** The last unit of a stage whose name comes before this one, if there is any. */
  public Optional<UnitRow> lastBefore(String campaignId, String stage, String unit) {
    return database.call(
        em ->
            em.createQuery(
                    "from UnitRecord where key.campaignId = :id and key.stage = :stage"
                        + " and key.unit < :unit"
                        + " order by key.campaignId desc, key.stage desc, key.unit desc",
                    UnitRecord.class)
                .setParameter("id", campaignId)
                .setParameter("stage", stage)
                .setParameter("unit", unit)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(UnitStore::row));
  }

  /** Those units of a stage that were given up, by unit. */
  public List<UnitRow> parked(String campaignId, String stage) {
    return ofStage(campaignId, stage, " and parked");
  }

  private List<UnitRow> ofStage(String campaignId, String stage, String and) {
    return database.call(
        em ->
            em.createQuery(
                    "from UnitRecord where key.campaignId = :id and key.stage = :stage"
                        + and
                        + " order by key.unit",
                    UnitRecord.class)
                .setParameter("id", campaignId)
                .setParameter("stage", stage)
                .getResultStream()
                .map(UnitStore::row)
                .toList());
  }

  private static UnitRecord findOrAdd(EntityManager em, UnitRecord.Key key) {
    UnitRecord there = em.find(UnitRecord.class, key);
    if (there != null) {
      return there;
    }
    UnitRecord added = new UnitRecord(key, Moments.now());
    em.persist(added);
    return added;
  }

  private static UnitRow row(UnitRecord record) {
    Optional<ArtifactRef> result =
        record.sha256 == null || record.bytes == null
            ? Optional.empty()
            : Optional.of(new ArtifactRef(record.sha256, record.bytes));
    return new UnitRow(
        record.key.stage(),
        record.key.unit(),
        record.parked ? UnitRow.State.PARKED : UnitRow.State.DONE,
        record.done,
        record.failed,
        result,
        Optional.ofNullable(record.reason),
        record.endedAt);
  }

  /**
   * Counts units that ended, by the kind of their stage. A stage may be named after its task too,
   * which is left out: {@code score ioi}.
   */
  private void count(String stage, int done, int failed) {
    if (!stage.startsWith(TRANSCRIPT)) {
      String kind = stage.split(" ", 2)[0];
      Meters.UNITS.counter(meters, kind, "done").increment(done);
      Meters.UNITS.counter(meters, kind, "failed").increment(failed);
    }
  }
}
