package dev.piecrust.view.campaign;

import dev.piecrust.store.Stores;
import dev.piecrust.store.database.SqlReader;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds campaigns, page by page; a page goes on after a campaign, so that new ones shift nothing.
 */
@Singleton
public class CampaignLists {
  private static final String FROM =
      " from campaign c left join llm_account a on a.campaign_id = c.id";

  private final SqlReader reader;
  private final CampaignCards cards;

  public CampaignLists(Stores stores, CampaignCards cards) {
    this.reader = stores.reader();
    this.cards = cards;
  }

  /**
   * A page of campaigns.
   *
   * @param next id after which the list goes on; absent at its end
   * @param total how many there are in all, whatever was asked for
   */
  public record Found(List<CampaignCard> campaigns, Optional<String> next, long total) {
    public Found {
      campaigns = List.copyOf(campaigns);
    }
  }

  public Found find(CampaignQuery query) {
    Map<String, Object> parameters = new HashMap<>();
    StringBuilder where = new StringBuilder(" where 1 = 1");
    filter(query, where, parameters);
    goOn(query, where, parameters);
    String way = query.descending() ? " desc" : "";
    String sql =
        "select c.id, %s as v%s%s order by v%s, c.id%s limit %d"
            .formatted(query.sort().sql(), FROM, where, way, way, query.limit() + 1);
    List<String> ids = reader.list(sql, parameters, row -> row.text(0));
    boolean more = ids.size() > query.limit();
    List<String> page = more ? ids.subList(0, query.limit()) : ids;
    return new Found(
        cards.of(page), more ? Optional.of(page.get(page.size() - 1)) : Optional.empty(), total());
  }

  private static void filter(
      CampaignQuery query, StringBuilder where, Map<String, Object> parameters) {
    query
        .state()
        .ifPresent(
            state -> {
              where.append(" and c.state = :state");
              parameters.put("state", state.name());
            });
    contains(query.subject(), "subject", "lower(c.subject)", where, parameters);
    contains(query.task(), "task", "lower(c.tasks)", where, parameters);
    contains(query.text(), "text", "lower(c.name || ' ' || c.id)", where, parameters);
  }

  private static void contains(
      String wanted,
      String name,
      String column,
      StringBuilder where,
      Map<String, Object> parameters) {
    if (!wanted.isBlank()) {
      where.append(" and ").append(column).append(" like :").append(name).append(" escape '!'");
      String plain = wanted.strip().toLowerCase(Locale.ROOT);
      parameters.put(name, "%" + plain.replaceAll("([!%_])", "!$1") + "%");
    }
  }

  private static void goOn(
      CampaignQuery query, StringBuilder where, Map<String, Object> parameters) {
    query
        .after()
        .ifPresent(
            id -> {
              String than = query.descending() ? "<" : ">";
              String value = query.sort().sql();
              String key = "(select %s%s where c.id = :after)".formatted(value, FROM);
              where.append(
                  " and (%1$s %2$s %3$s or (%1$s = %3$s and c.id %2$s :after))"
                      .formatted(value, than, key));
              parameters.put("after", id);
            });
  }

  private long total() {
    return reader
        .first("select count(*), 1 from campaign", Map.of(), row -> row.number(0))
        .orElse(0L);
  }
}
