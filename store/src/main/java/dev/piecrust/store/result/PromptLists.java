package dev.piecrust.store.result;

import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.ListKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;

/** Lists of a campaign's prompts, by how well one method does on them. */
public final class PromptLists {
  private static final String FROM =
      "select key.prompt, klLast, predChanged from PromptResultRow where key.campaignId = :id"
          + " and key.task = :task and key.method = :method and key.budget = :budget";

  private final Database database;

  /** Of this database. */
  public PromptLists(Database database) {
    this.database = database;
  }

  /** The prompts that come after a place, or the first ones. */
  public List<PromptLine> page(PromptQuery query, Optional<ListKey> after, int atMost) {
    return database.call(
        em -> query(em, query, after, atMost).getResultStream().map(r -> line(r, query)).toList());
  }

  private static TypedQuery<Object[]> query(
      EntityManager em, PromptQuery query, Optional<ListKey> after, int atMost) {
    String follows =
        query.worstFirst()
            ? " and klLast <= :value and (klLast < :value or key.prompt < :tie)"
            : " and key.prompt > :tie";
    String order =
        query.worstFirst()
            ? " order by key.campaignId desc, key.task desc, key.method desc, key.budget desc,"
                + " klLast desc, key.prompt desc"
            : " order by key.campaignId, key.task, key.method, key.budget, key.prompt";
    TypedQuery<Object[]> rows =
        em.createQuery(FROM + (after.isPresent() ? follows : "") + order, Object[].class)
            .setParameter("id", query.campaignId())
            .setParameter("task", query.task())
            .setParameter("method", query.method())
            .setParameter("budget", query.budget())
            .setMaxResults(atMost);
    after.ifPresent(
        key -> {
          rows.setParameter("tie", key.wholeTie());
          if (query.worstFirst()) {
            rows.setParameter("value", key.number());
          }
        });
    return rows;
  }

  private static PromptLine line(Object[] row, PromptQuery query) {
    int prompt = (Integer) row[0];
    double klLast = (Double) row[1];
    String value = query.worstFirst() ? "" + klLast : "";
    return new PromptLine(prompt, klLast, (Double) row[2], new ListKey(value, prompt));
  }
}
