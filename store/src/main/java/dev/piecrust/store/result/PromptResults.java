package dev.piecrust.store.result;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.piecrust.campaign.PromptFailure;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.TaskAccuracy;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.Moments;
import jakarta.persistence.EntityManager;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The measures of each prompt under each method at each budget: numbers only, no kept lists. */
public final class PromptResults {
  /** The entities of this package. */
  public static final List<Class<?>> ROWS =
      List.of(
          PromptResultRow.class,
          PromptFailureRow.class,
          CircuitResultRow.class,
          KeptPromptRow.class,
          FidelitySumRow.class,
          TaskAccuracyRow.class);

  private static final int FETCHED_AT_ONCE = 1000;

  private final Database database;

  /** Of this database. */
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
          forget(em, campaignId, outcomes);
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
          em.flush();
          series(outcomes)
              .forEach(
                  (series, prompts) ->
                      FidelitySums.add(em, campaignId, series.task(), series.method(), prompts));
        });
  }

  /** Records how well the untouched model does a task; what was recorded before is replaced. */
  public void accuracy(String campaignId, String task, TaskAccuracy accuracy) {
    TaskAccuracyRow.Key key = new TaskAccuracyRow.Key(campaignId, task);
    database.run(
        em -> {
          TaskAccuracyRow there = em.find(TaskAccuracyRow.class, key);
          TaskAccuracyRow row = there == null ? new TaskAccuracyRow(key) : there;
          row.prompts = accuracy.prompts();
          row.solved = accuracy.solved();
          row.solvedOnly = accuracy.solvedOnly();
          em.persist(row);
        });
  }

  /** How well the untouched model does a task; absent where it was not measured. */
  public Optional<TaskAccuracy> accuracy(String campaignId, String task) {
    return database.call(
        em ->
            Optional.ofNullable(
                    em.find(TaskAccuracyRow.class, new TaskAccuracyRow.Key(campaignId, task)))
                .map(row -> new TaskAccuracy(row.prompts, row.solved, row.solvedOnly)));
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

  /** Why one prompt has no result, if it has none. */
  public Optional<String> failure(String campaignId, String task, int index) {
    PromptFailureRow.Key key = new PromptFailureRow.Key(campaignId, task, index);
    return database.call(
        em -> Optional.ofNullable(em.find(PromptFailureRow.class, key)).map(row -> row.reason));
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

  /** Receives what a method did on one prompt at one budget. */
  @FunctionalInterface
  public interface Sink {
    /** Takes one; prompts are named by their index within the task. */
    void accept(int budget, int prompt, Fidelity fidelity);
  }

  /**
   * Hands on all measures of one method on a task, by budget and then by prompt. They are read as
   * plain values, one after the other: a large campaign has a million of them.
   */
  public void forEach(String campaignId, String task, String method, Sink sink) {
    database.run(
        em ->
            em.createQuery(
                    "select key.budget, key.prompt, klLast, klAll, predChanged, faithfulness,"
                        + " completeness, metricClean, metricEmpty from PromptResultRow where key.campaignId = :id"
                        + " and key.task = :task and key.method = :method"
                        + " order by key.budget, key.prompt",
                    Object[].class)
                .setHint("org.hibernate.fetchSize", FETCHED_AT_ONCE)
                .setParameter("id", campaignId)
                .setParameter("task", task)
                .setParameter("method", method)
                .getResultStream()
                .forEach(
                    row ->
                        sink.accept(
                            (Integer) row[0],
                            (Integer) row[1],
                            new Fidelity(
                                (Double) row[2],
                                (Double) row[3],
                                (Double) row[4],
                                (Double) row[5],
                                (Double) row[6],
                                (Double) row[7],
                                (Double) row[8]))));
  }

  /** A unit's prompts are few, and its methods too: one statement for each method will do. */
  private static void forget(EntityManager em, String campaignId, List<PromptOutcome> outcomes) {
    series(outcomes).forEach((series, prompts) -> forget(em, campaignId, series, prompts));
    outcomes.stream()
        .collect(groupingBy(PromptOutcome::task))
        .forEach((task, of) -> forgetFailures(em, campaignId, task, prompts(of)));
  }

  private static void forget(
      EntityManager em, String campaignId, Series series, Set<Integer> prompts) {
    FidelitySums.remove(em, campaignId, series.task(), series.method(), prompts);
    em.createQuery(
            "delete from PromptResultRow where key.campaignId = :id and key.task = :task"
                + " and key.method = :method and key.prompt in :prompts")
        .setParameter("id", campaignId)
        .setParameter("task", series.task())
        .setParameter("method", series.method())
        .setParameter("prompts", prompts)
        .executeUpdate();
  }

  private static void forgetFailures(
      EntityManager em, String campaignId, String task, Set<Integer> prompts) {
    em.createQuery(
            "delete from PromptFailureRow where key.campaignId = :id and key.task = :task"
                + " and key.prompt in :prompts")
        .setParameter("id", campaignId)
        .setParameter("task", task)
        .setParameter("prompts", prompts)
        .executeUpdate();
  }

  /** In one order for all, so that two that add up at once wait for each other in turn. */
  private static SortedMap<Series, Set<Integer>> series(List<PromptOutcome> outcomes) {
    return outcomes.stream()
        .collect(
            groupingBy(
                outcome -> new Series(outcome.task(), outcome.method()),
                TreeMap::new,
                mapping(PromptOutcome::index, toSet())));
  }

  private static Set<Integer> prompts(List<PromptOutcome> outcomes) {
    return outcomes.stream().map(PromptOutcome::index).collect(toSet());
  }

  private record Series(String task, String method) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      return Comparator.comparing(Series::task).thenComparing(Series::method).compare(this, other);
    }
  }
}
