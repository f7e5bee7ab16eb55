package dev.piecrust.store.result;

import static java.util.stream.Collectors.groupingBy;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.SqlReader;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

  /** Every feature that a prompt of the campaign keeps, by layer and index. */
  public List<FeatureId> features(String campaignId) {
    return database.call(
        em ->
            em.createQuery(
                    "select distinct key.layer, key.feature from KeptPromptRow"
                        + " where key.campaignId = :id order by key.layer, key.feature",
                    Object[].class)
                .setParameter("id", campaignId)
                .getResultStream()
                .map(KeptPrompts::feature)
                .toList());
  }

  /** The kept feature that follows one, by layer and index. */
  public Optional<FeatureId> next(String campaignId, FeatureId feature) {
    return beside(campaignId, feature, ">", "asc");
  }

  /** The kept feature before one. */
  public Optional<FeatureId> previous(String campaignId, FeatureId feature) {
    return beside(campaignId, feature, "<", "desc");
  }

  /** In its own layer, else in the others: each is a range of the primary key. */
  private Optional<FeatureId> beside(
      String campaignId, FeatureId feature, String past, String order) {
    String here = " and key.layer = :layer and key.feature %s :feature".formatted(past);
    String elsewhere = " and key.layer %s :layer".formatted(past);
    String sorted = " order by key.layer %s, key.feature %s".formatted(order, order);
    String from = "select key.layer, key.feature from KeptPromptRow where key.campaignId = :id";
    return database.call(
        em -> {
          List<Object[]> found =
              em.createQuery(from + here + sorted, Object[].class)
                  .setParameter("id", campaignId)
                  .setParameter("layer", feature.layer())
                  .setParameter("feature", feature.index())
                  .setMaxResults(1)
                  .getResultList();
          if (found.isEmpty()) {
            found =
                em.createQuery(from + elsewhere + sorted, Object[].class)
                    .setParameter("id", campaignId)
                    .setParameter("layer", feature.layer())
                    .setMaxResults(1)
                    .getResultList();
          }
          return found.stream().findFirst().map(KeptPrompts::feature);
        });
  }

  private static FeatureId feature(Object[] row) {
    return new FeatureId((Integer) row[0], (Integer) row[1]);
  }

  /**
   * A position at which prompts keep a feature.
   *
   * @param position of a prompt's strongest occurrence of it, counted from 0
   * @param prompts how many keep it there
   */
  public record Place(int position, long prompts) {}

  /** Where prompts keep the feature, by position. */
  public List<Place> places(String campaignId, FeatureId feature) {
    return database.call(
        em ->
            em.createQuery(
                    "select place, count(*) from KeptPromptRow where key.campaignId = :id"
                        + " and key.layer = :layer and key.feature = :feature"
                        + " group by place order by place",
                    Object[].class)
                .setParameter("id", campaignId)
                .setParameter("layer", feature.layer())
                .setParameter("feature", feature.index())
                .getResultStream()
                .map(row -> new Place((Integer) row[0], (Long) row[1]))
                .toList());
  }

  /**
   * A feature that prompts keep together with another.
   *
   * @param prompts of those looked at that keep both
   */
  public record Companion(FeatureId feature, long prompts) {}

  /**
   * The features that are kept by the same prompts most often, those of more prompts first.
   *
   * @param prompts how many of the prompts that keep it are looked at, the first ones
   */
  public List<Companion> together(String campaignId, FeatureId feature, int prompts, int atMost) {
    return new SqlReader(database)
        .list(
            """
            select o.layer, o.feature, count(*) as together
            from (select task, prompt from kept_prompt
                where campaign_id = :id and layer = :layer and feature = :feature
                order by task, prompt limit :prompts) m
              join kept_prompt o
                on o.campaign_id = :id and o.task = m.task and o.prompt = m.prompt
            where not (o.layer = :layer and o.feature = :feature)
            group by o.layer, o.feature
            order by together desc, o.layer, o.feature
            limit :most
            """,
            Map.of(
                "id",
                campaignId,
                "layer",
                feature.layer(),
                "feature",
                feature.index(),
                "prompts",
                prompts,
                "most",
                atMost),
            row -> new Companion(new FeatureId(row.integer(0), row.integer(1)), row.number(2)));
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
