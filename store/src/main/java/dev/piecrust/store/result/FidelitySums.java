package dev.piecrust.store.result;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.Set;

/**
 * Keeps the sums over prompts in step with the prompts' measures, in the same transaction: what is
 * replaced is taken off before, and what replaces it is added after.
 */
final class FidelitySums {
  private static final String PARTS =
      "select key.budget, count(*), sum(klLast), sum(klLast * klLast), sum(klAll),"
          + " sum(predChanged), count(faithfulness), coalesce(sum(faithfulness), 0.0),"
          + " coalesce(sum(faithfulness * faithfulness), 0.0), count(completeness),"
          + " coalesce(sum(completeness), 0.0), coalesce(sum(completeness * completeness), 0.0)"
          + " from PromptResultRow where key.campaignId = :id and key.task = :task"
          + " and key.method = :method and key.prompt in :prompts group by key.budget"
          + " order by key.budget";

  /** Added by the database itself, so that of two that add at once neither is lost. */
  private static final String ADD =
      "update FidelitySumRow set prompts = prompts + :p1, klLast = klLast + :p2,"
          + " klLastSq = klLastSq + :p3, klAll = klAll + :p4, predChanged = predChanged + :p5,"
          + " faithful = faithful + :p6, faithfulness = faithfulness + :p7,"
          + " faithfulnessSq = faithfulnessSq + :p8, complete = complete + :p9,"
          + " completeness = completeness + :p10, completenessSq = completenessSq + :p11"
          + " where key = :key";

  private static final Set<Integer> COUNTS = Set.of(1, 6, 9);

  private FidelitySums() {}

  /** Adds what is recorded of some prompts under one method. */
  static void add(EntityManager em, String id, String task, String method, Set<Integer> prompts) {
    change(em, id, task, method, prompts, 1);
  }

  /** Takes off what is recorded of some prompts under one method. */
  static void remove(
      EntityManager em, String id, String task, String method, Set<Integer> prompts) {
    change(em, id, task, method, prompts, -1);
  }

  private static void change(
      EntityManager em, String id, String task, String method, Set<Integer> prompts, int sign) {
    List<Object[]> parts =
        em.createQuery(PARTS, Object[].class)
            .setParameter("id", id)
            .setParameter("task", task)
            .setParameter("method", method)
            .setParameter("prompts", prompts)
            .getResultList();
    for (Object[] part : parts) {
      FidelitySumRow.Key key =
          new FidelitySumRow.Key(id, task, method, ((Number) part[0]).intValue());
      if (update(em, key, part, sign) == 0) {
        em.persist(new FidelitySumRow(key));
        em.flush();
        update(em, key, part, sign);
      }
    }
  }

  private static int update(EntityManager em, FidelitySumRow.Key key, Object[] part, int sign) {
    Query query = em.createQuery(ADD).setParameter("key", key);
    for (int column = 1; column < part.length; column++) {
      Number value = (Number) part[column];
      if (COUNTS.contains(column)) {
        query.setParameter("p" + column, sign * value.longValue());
      } else {
        query.setParameter("p" + column, sign * value.doubleValue());
      }
    }
    return query.executeUpdate();
  }
}
