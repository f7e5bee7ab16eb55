package dev.piecrust.store.campaign;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.store.database.Database;
import java.util.function.Supplier;

/**
 * Work on units that has begun and not ended. Where a process dies, that stays: so a unit that
 * kills whatever works on it is known after a few deaths, in an installation as in a single program
 * that is started again and again.
 */
public final class UnitAttempts {
  /** Deaths in a row, after which a unit is given up. One may be anything; three are the unit. */
  public static final int MOST_DEATHS = 3;

  private final Database database;

  /** Of this database. */
  public UnitAttempts(Database database) {
    this.database = database;
  }

  /**
   * Does work on a unit; refuses, once and for good, one at which three processes in a row died.
   *
   * @return what the work gives
   */
  public <T> T during(String campaignId, String stage, String unit, Supplier<T> work) {
    UnitRecord.Key key = new UnitRecord.Key(campaignId, stage, unit);
    if (begin(key) == MOST_DEATHS) {
      end(key);
      throw new PieCrustException(
          FailureCategory.LETHAL,
          "work on it ended its process %d times in a row; the logs of these say why, and 'retry'"
                  .formatted(MOST_DEATHS)
              + " tries it again");
    }
    try {
      return work.get();
    } finally {
      end(key);
    }
  }

  /** Returns how often it had begun, and not ended. */
  private int begin(UnitRecord.Key key) {
    return database.call(
        em -> {
          UnitAttemptRow row = em.find(UnitAttemptRow.class, key);
          if (row == null) {
            row = new UnitAttemptRow(key);
            em.persist(row);
          }
          return row.begun++;
        });
  }

  private void end(UnitRecord.Key key) {
    database.run(
        em -> {
          UnitAttemptRow row = em.find(UnitAttemptRow.class, key);
          if (row != null) {
            em.remove(row);
          }
        });
  }
}
