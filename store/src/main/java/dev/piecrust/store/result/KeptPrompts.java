package dev.piecrust.store.result;

import static java.util.stream.Collectors.groupingBy;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.store.database.Database;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Which prompts keep a feature, under the one method and budget that a campaign chooses by. */
public final class KeptPrompts {
  private final Database database;

  /** Of this database. */
  public KeptPrompts(Database database) {
    this.database = database;
  }

  /**
   * Records what prompts keep; what was recorded of them before is replaced.
   *
   * @param outcomes of which only those of this method count
   */
  public void put(String campaignId, String method, int budget, List<PromptOutcome> outcomes) {
    database.run(
        em ->
            outcomes.stream()
                .filter(outcome -> outcome.method().equals(method))
                .forEach(outcome -> replace(em, campaignId, outcome, budget)));
  }

  private static void replace(
      EntityManager em, String campaignId, PromptOutcome outcome, int budget) {
    em.createQuery(
            "delete from KeptPromptRow where key.campaignId = :id and key.task = :task"
                + " and key.prompt = :prompt")
        .setParameter("id", campaignId)
        .setParameter("task", outcome.task())
        .setParameter("prompt", outcome.index())
        .executeUpdate();
    Map<FeatureId, List<KeptOccurrence>> kept =
        outcome.kept().getOrDefault(budget, List.of()).stream()
            .collect(groupingBy(KeptOccurrence::id));
    kept.forEach((feature, all) -> em.persist(row(campaignId, outcome, feature, all)));
  }

  private static KeptPromptRow row(
      String campaignId, PromptOutcome outcome, FeatureId feature, List<KeptOccurrence> kept) {
    KeptOccurrence strongest =
        kept.stream().max(Comparator.comparingDouble(k -> Math.abs(k.score()))).orElseThrow();
    return new KeptPromptRow(
        new KeptPromptRow.Key(
            campaignId, feature.layer(), feature.index(), outcome.task(), outcome.index()),
        kept.size(),
        strongest.position(),
        strongest.score());
  }

  /** How many prompts keep the feature. */
  public long count(String campaignId, FeatureId feature) {
    return database.call(
        em ->
            em.createQuery(
                    "select count(*) from KeptPromptRow where key.campaignId = :id"
                        + " and key.layer = :layer and key.feature = :feature",
                    Long.class)
                .setParameter("id", campaignId)
                .setParameter("layer", feature.layer())
                .setParameter("feature", feature.index())
                .getSingleResult());
  }

  /**
   * The prompts that keep the feature, by task and index.
   *
   * @param afterTask the task of the last one seen; empty for the beginning
   * @param afterPrompt its index
   */
  public List<KeptPrompt> of(
      String campaignId, FeatureId feature, String afterTask, int afterPrompt, int atMost) {
    return database.call(
        em ->
            em.createQuery(
                    "from KeptPromptRow where key.campaignId = :id and key.layer = :layer"
                        + " and key.feature = :feature and key.task >= :task"
                        + " and (key.task > :task or key.prompt > :prompt)"
                        + " order by key.task, key.prompt",
                    KeptPromptRow.class)
                .setParameter("id", campaignId)
                .setParameter("layer", feature.layer())
                .setParameter("feature", feature.index())
                .setParameter("task", afterTask)
                .setParameter("prompt", afterPrompt)
                .setMaxResults(atMost)
                .getResultStream()
                .map(
                    row ->
                        new KeptPrompt(
                            row.key.task(),
                            row.key.prompt(),
                            row.occurrences,
                            row.place,
                            row.strength))
                .toList());
  }
}
