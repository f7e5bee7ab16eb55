package dev.piecrust.store.campaign;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.Sha256;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.Moments;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Results by a hash of all that decides them, shared by all campaigns: a unit that is done is never
 * done again.
 */
public final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

  /** Of an artifact's hash: enough to find it. */
  private static final int SHOWN_DIGITS = 12;

  private final Database database;

  /** Of this database. */
  public Checkpoints(Database database) {
    this.database = database;
  }

  /**
   * The key of a result: SHA-256 of the parts as an array of canonical JSON, the same in every
   * process. Parts are what JSON can say: texts, numbers, records, lists, maps, JSON itself.
   */
  public static String key(Object... parts) {
    return Sha256.of(Json.canonical(Arrays.asList(parts)));
  }

  /** The result under this key, if it is there. */
  public Optional<ArtifactRef> find(String key) {
    return database.call(
        em -> Optional.ofNullable(em.find(CheckpointRow.class, key)).map(Checkpoints::ref));
  }

  /**
   * The same, if its artifact is intact; otherwise the checkpoint is dropped, so that the result
   * can be computed again.
   */
  public Optional<ArtifactRef> find(String key, ArtifactStore artifacts) {
    return find(key, artifacts, Optional.empty());
  }

  /**
   * The same for a campaign, among whose events it is that a checkpoint was dropped.
   *
   * @param what the result is, such as a stage and its unit
   */
  public Optional<ArtifactRef> find(
      String key, ArtifactStore artifacts, String campaignId, String what) {
    return find(key, artifacts, Optional.of(new Told(campaignId, what)));
  }

  private record Told(String campaignId, String what) {}

  private Optional<ArtifactRef> find(String key, ArtifactStore artifacts, Optional<Told> told) {
    Optional<ArtifactRef> there = find(key);
    Optional<ArtifactRef> intact = there.filter(artifacts::intact);
    if (there.isPresent() && intact.isEmpty()) {
      LOG.warn(
          "artifact {} is missing or damaged; its checkpoint is dropped", there.get().sha256());
      drop(key, there.get(), told);
    }
    return intact;
  }

  /** Whoever comes second finds it dropped, and tells nobody again. */
  private void drop(String key, ArtifactRef ref, Optional<Told> told) {
    database.run(
        em -> {
          int dropped =
              em.createQuery("delete from CheckpointRow where checkpointKey = :key")
                  .setParameter("key", key)
                  .executeUpdate();
          if (dropped > 0 && told.isPresent()) {
            em.persist(event(ref, told.get()));
          }
        });
  }

  private static EventRow event(ArtifactRef ref, Told told) {
    String sentence =
        "artifact %s is missing or damaged: %s is computed again"
            .formatted(ref.sha256().substring(0, SHOWN_DIGITS), told.what());
    return new EventRow(told.campaignId(), Moments.now(), "damaged", sentence, "piecrust");
  }

  /** Every artifact that a checkpoint or a unit of a campaign names, by its key. */
  public SortedMap<String, ArtifactRef> artifacts() {
    return database.call(
        em -> {
          SortedMap<String, ArtifactRef> all = new TreeMap<>();
          em.createQuery("from CheckpointRow", CheckpointRow.class)
              .getResultStream()
              .forEach(row -> all.put(row.sha256, ref(row)));
          em.createQuery(
                  "select sha256, bytes from UnitRecord where sha256 is not null", Object[].class)
              .getResultStream()
              .map(row -> new ArtifactRef((String) row[0], (Long) row[1]))
              .forEach(ref -> all.put(ref.sha256(), ref));
          return all;
        });
  }

  /** Records a result; where there is one already, that one stays and is returned. */
  public ArtifactRef put(String key, ArtifactRef ref) {
    return database.call(
        em -> {
          CheckpointRow there = em.find(CheckpointRow.class, key);
          if (there != null) {
            return ref(there);
          }
          em.persist(new CheckpointRow(key, ref.sha256(), ref.bytes(), Moments.now()));
          return ref;
        });
  }

  private static ArtifactRef ref(CheckpointRow row) {
    return new ArtifactRef(row.sha256, row.bytes);
  }
}
