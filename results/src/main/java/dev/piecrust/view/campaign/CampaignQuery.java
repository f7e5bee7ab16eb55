package dev.piecrust.view.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.Bounds;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which campaigns are wanted, and in which order.
 *
 * @param state those in this state
 * @param subject those whose model or transcoder contains this
 * @param task those with a task of this name
 * @param text those whose name or id contains this
 * @param after id of the campaign after which the list goes on
 * @param limit how many, at most
 */
public record CampaignQuery(
    Optional<CampaignState> state,
    String subject,
    String task,
    String text,
    Sort sort,
    boolean descending,
    Optional<String> after,
    int limit) {
  private static final int MOST = 200;

  /** What a list can be sorted by. */
  public enum Sort {
    NAME("lower(c.name)", false),
    STATE("c.state", false),
    SUBJECT("lower(c.subject)", false),
    STARTED("c.created_at", true),
    PROGRESS(
        "coalesce((select sum(u.done + u.failed) * 1.0 / nullif(sum(s.prompts), 0)"
            + " from campaign_stage s left join unit_sum u"
            + " on u.campaign_id = s.campaign_id and u.stage = s.stage"
            + " where s.campaign_id = c.id), 0)",
        true),
    SPENT("coalesce(a.spent_usd, 0)", true);

    private final String sql;
    private final boolean descends;

    Sort(String sql, boolean descends) {
      this.sql = sql;
      this.descends = descends;
    }

    String sql() {
      return sql;
    }

    /** Whether the largest is what people look for first. */
    public boolean descends() {
      return descends;
    }

    /** As it is written in addresses. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CampaignQuery {
    Bounds.between("limit", limit, 1, MOST);
  }

  /** The sort of this label; another is a user error. */
  public static Sort sort(String label) {
    return Arrays.stream(Sort.values())
        .filter(sort -> sort.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                user(
                    "sort is '%s', expected one of %s",
                    label,
                    Arrays.stream(Sort.values())
                        .map(Sort::label)
                        .collect(Collectors.joining(", "))));
  }

  /** The state of this name in any case, or none for an empty one; another is a user error. */
  public static Optional<CampaignState> state(String name) {
    if (name.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        Arrays.stream(CampaignState.values())
            .filter(state -> state.name().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(
                () ->
                    user(
                        "state is '%s', expected one of %s",
                        name,
                        Arrays.stream(CampaignState.values())
                            .map(state -> state.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ")))));
  }
}
