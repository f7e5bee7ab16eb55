package dev.piecrust.store.result;

import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.store.database.Database;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.function.Consumer;

/** How each circuit did on each prompt it was measured on (docs/method.md §6). */
public final class CircuitResults {
  private static final int FETCHED_AT_ONCE = 1000;

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

  /** Hands on all outcomes, by task, method, ranking, budget and then index. */
  public void forEach(String campaignId, Consumer<CircuitOutcome> sink) {
    database.run(
        em ->
            em.createQuery(
                    "select c from CircuitResultRow c where c.key.campaignId = :id order by"
                        + " c.key.task, c.key.method, c.key.ranking, c.key.budget, c.key.prompt",
                    CircuitResultRow.class)
                .setHint("org.hibernate.fetchSize", FETCHED_AT_ONCE)
                .setHint("org.hibernate.readOnly", true)
                .setParameter("id", campaignId)
                .getResultStream()
                .forEach(
                    row -> {
                      sink.accept(row.outcome());
                      em.detach(row);
                    }));
  }

  /**
   * What the circuits of one size came to on the held-out prompts of a task.
   *
   * @param klLast mean over prompts, in nats
   */
  public record Mean(String task, String method, String ranking, double klLast) {}

  /** The circuits of so many features, by task, method and ranking; none where none is measured. */
  public List<Mean> heldOut(String campaignId, int budget) {
    return database.call(
        em ->
            em.createQuery(
                    "select c.key.task, c.key.method, c.key.ranking, avg(c.klLast)"
                        + " from CircuitResultRow c where c.key.campaignId = :id"
                        + " and c.key.budget = :budget and c.promptShare = 'held-out'"
                        + " group by c.key.task, c.key.method, c.key.ranking"
                        + " order by c.key.task, c.key.method, c.key.ranking",
                    Object[].class)
                .setParameter("id", campaignId)
                .setParameter("budget", budget)
                .getResultStream()
                .map(
                    row ->
                        new Mean(
                            (String) row[0], (String) row[1], (String) row[2], (Double) row[3]))
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
