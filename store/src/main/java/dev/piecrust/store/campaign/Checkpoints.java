package dev.piecrust.store.campaign;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.Sha256;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.Moments;
import java.util.Arrays;
import java.util.Optional;

/**
 * Results by a hash of all that decides them, shared by all campaigns: a unit that is done is never
 * done again.
 */
public final class Checkpoints {
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
