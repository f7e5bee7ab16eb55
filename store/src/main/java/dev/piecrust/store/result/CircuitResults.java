package dev.piecrust.store.result;

import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.store.database.Database;
import jakarta.persistence.EntityManager;
import java.util.List;

/** How each circuit did on each prompt it was measured on (docs/method.md §6). */
public final class CircuitResults {
  private final Database database;

  /** Of this database. */
  public CircuitResults(Database database) {
    this.database = database;
  }

  /**
   * Records outcomes; all that was recorded before for the same prompts is replaced, so that a unit
   * may be recorded again.
   */
  public void put(String campaignId, List<CircuitOutcome> outcomes) {
    database.run(
        em -> {
          outcomes.stream()
              .map(outcome -> new Prompt(outcome.task(), outcome.index()))
              .distinct()
              .forEach(prompt -> forget(em, campaignId, prompt));
          outcomes.forEach(outcome -> em.persist(new CircuitResultRow(campaignId, outcome)));
        });
  }

  /** All outcomes, by task, method, ranking, budget and then index. */
  public List<CircuitOutcome> rows(String campaignId) {
    return database.call(
        em ->
            em.createQuery(
                    "from CircuitResultRow where key.campaignId = :id order by key.task,"
                        + " key.method, key.ranking, key.budget, key.prompt",
                    CircuitResultRow.class)
                .setParameter("id", campaignId)
                .getResultStream()
                .map(CircuitResultRow::outcome)
                .toList());
  }

  private record Prompt(String task, int index) {}

  private static void forget(EntityManager em, String campaignId, Prompt prompt) {
    em.createQuery(
            "delete from CircuitResultRow where key.campaignId = :id and key.task = :task"
                + " and key.prompt = :prompt")
        .setParameter("id", campaignId)
        .setParameter("task", prompt.task())
        .setParameter("prompt", prompt.index())
        .executeUpdate();
  }
}
