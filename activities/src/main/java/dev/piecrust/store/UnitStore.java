package dev.piecrust.store;

import static java.util.Objects.requireNonNull;

import dev.piecrust.activity.UnitFailure;
import dev.piecrust.artifact.ArtifactRef;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The units of work of each campaign that ended, and how. */
public final class UnitStore {
  private static final int TOGETHER = 500;

  private final Database database;

  public UnitStore(Database database) {
    this.database = database;
  }

  /** Records a unit as done; it replaces a parking, and the same again changes nothing. */
  public void done(
      String campaignId, String stage, String unit, int done, int failed, ArtifactRef result) {
    UnitRecord.Key key = new UnitRecord.Key(campaignId, stage, unit);
    database.run(em -> done(em, key, done, failed, result));
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
      database.run(
          em ->
              some.forEach(
                  unit -> {
                    ArtifactRef result = requireNonNull(results.get(unit));
                    done(em, new UnitRecord.Key(campaignId, stage, unit), 1, 0, result);
                  }));
    }
  }

  private static void done(
      EntityManager em, UnitRecord.Key key, int done, int failed, ArtifactRef result) {
    UnitRecord record = findOrAdd(em, key);
    record.parked = false;
    record.done = done;
    record.failed = failed;
    record.sha256 = result.sha256();
    record.bytes = result.bytes();
    record.reason = null;
  }

  /**
   * Records a unit that was given up; one that is done meanwhile stays done.
   *
   * @return whether that is news
   */
  public boolean park(UnitFailure failure) {
    UnitRecord.Key key = new UnitRecord.Key(failure.campaignId(), failure.stage(), failure.unit());
    return database.call(
        em -> {
          UnitRecord record = findOrAdd(em, key);
          if (record.sha256 != null || failure.reason().equals(record.reason)) {
            return false;
          }
          record.parked = true;
          record.failed = failure.prompts();
          record.reason = failure.reason();
          return true;
        });
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
}
