package dev.piecrust.store;

import dev.piecrust.campaign.PromptFailure;
import dev.piecrust.feature.PromptOutcome;
import jakarta.persistence.EntityManager;
import java.util.List;

/** The measures of each prompt under each method at each budget: numbers only, no kept lists. */
public final class PromptResults {
  private final Database database;

  public PromptResults(Database database) {
    this.database = database;
  }

  /**
   * Records outcomes; what was recorded before for the same prompt and method is replaced, a
   * failure of the prompt included.
   */
  public void put(String campaignId, List<PromptOutcome> outcomes) {
    database.run(
        em -> {
          for (PromptOutcome outcome : outcomes) {
            forget(em, campaignId, outcome);
          }
          for (PromptOutcome outcome : outcomes) {
            outcome
                .fidelity()
                .forEach(
                    (budget, fidelity) ->
                        em.persist(
                            new PromptResultRow(
                                new PromptResultRow.Key(
                                    campaignId,
                                    outcome.task(),
                                    outcome.index(),
                                    outcome.method(),
                                    budget),
                                fidelity)));
          }
        });
  }

  /** Records that a prompt has no result, and why. */
  public void fail(String campaignId, String task, int index, String reason) {
    PromptFailureRow.Key key = new PromptFailureRow.Key(campaignId, task, index);
    database.run(
        em -> {
          PromptFailureRow there = em.find(PromptFailureRow.class, key);
          if (there == null) {
            em.persist(new PromptFailureRow(key, reason, Moments.now()));
          } else {
            there.reason = reason;
          }
        });
  }

  /** The prompts without a result, by task and then by index. */
  public List<PromptFailure> failures(String campaignId) {
    return database.call(
        em ->
            em.createQuery(
                    "from PromptFailureRow where key.campaignId = :id order by key.task,"
                        + " key.prompt",
                    PromptFailureRow.class)
                .setParameter("id", campaignId)
                .getResultStream()
                .map(row -> new PromptFailure(row.key.task(), row.key.prompt(), row.reason))
                .toList());
  }

  /** All measures, by task, method, budget and then index. */
  public List<ResultRow> rows(String campaignId) {
    return database.call(
        em ->
            em.createQuery(
                    "from PromptResultRow where key.campaignId = :id"
                        + " order by key.task, key.method, key.budget, key.prompt",
                    PromptResultRow.class)
                .setParameter("id", campaignId)
                .getResultStream()
                .map(PromptResults::row)
                .toList());
  }

  private static void forget(EntityManager em, String campaignId, PromptOutcome outcome) {
    em.createQuery(
            "delete from PromptResultRow where key.campaignId = :id and key.task = :task"
                + " and key.method = :method and key.prompt = :prompt")
        .setParameter("id", campaignId)
        .setParameter("task", outcome.task())
        .setParameter("method", outcome.method())
        .setParameter("prompt", outcome.index())
        .executeUpdate();
    em.createQuery(
            "delete from PromptFailureRow where key.campaignId = :id and key.task = :task"
                + " and key.prompt = :prompt")
        .setParameter("id", campaignId)
        .setParameter("task", outcome.task())
        .setParameter("prompt", outcome.index())
        .executeUpdate();
  }

  private static ResultRow row(PromptResultRow row) {
    return new ResultRow(
        row.key.task(), row.key.prompt(), row.key.method(), row.key.budget(), row.fidelity());
  }
}
