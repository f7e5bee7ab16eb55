package dev.piecrust.ui;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.view.campaign.CampaignQuery;
import dev.piecrust.view.campaign.CampaignQuery.Sort;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;

/** Which campaigns a list shows: query parameters of the page and of the API. */
public class CampaignFilter {
  /** Of a campaign, such as {@code running}; empty for all. */
  @QueryParam("state")
  @DefaultValue("")
  String state = "";

  /** Part of the name of a model or a transcoder. */
  @QueryParam("subject")
  @DefaultValue("")
  String subject = "";

  /** Part of the name of a task. */
  @QueryParam("task")
  @DefaultValue("")
  String task = "";

  /** Part of a campaign's name or id. */
  @QueryParam("text")
  @DefaultValue("")
  String text = "";

  /** One of {@link Sort}. */
  @QueryParam("sort")
  @DefaultValue("started")
  String sort = "started";

  /** {@code asc} or {@code desc}; by default as people look for it first. */
  @QueryParam("order")
  @DefaultValue("")
  String order = "";

  /** Id of the campaign after which the list goes on. */
  @QueryParam("after")
  @DefaultValue("")
  String after = "";

  @QueryParam("limit")
  @DefaultValue("50")
  int limit = 50;

  CampaignQuery query() {
    Sort by = CampaignQuery.sort(sort);
    return new CampaignQuery(
        CampaignQuery.state(state),
        subject,
        task,
        text,
        by,
        descending(by),
        Optional.of(after).filter(id -> !id.isBlank()),
        limit);
  }

  private boolean descending(Sort by) {
    return switch (order) {
      case "" -> by.descends();
      case "asc" -> false;
      case "desc" -> true;
      default -> throw user("order is '%s', expected 'asc' or 'desc'", order);
    };
  }

  /** Whether anything is left out. */
  public boolean filters() {
    return !(state + subject + task + text).isBlank();
  }

  public String state() {
    return state;
  }

  public String subject() {
    return subject;
  }

  public String task() {
    return task;
  }

  public String text() {
    return text;
  }

  /** How a column's head stands: {@code ascending}, {@code descending} or empty. */
  public String sorted(String column) {
    Sort by = CampaignQuery.sort(sort);
    return by.label().equals(column) ? (descending(by) ? "descending" : "ascending") : "";
  }

  public String sort() {
    return sort;
  }

  public String order() {
    return order;
  }

  /** The address of the list sorted by a column; sorted by it already, the other way round. */
  public String sortedBy(String column) {
    String now = sorted(column);
    String way = now.isEmpty() ? "" : now.equals("descending") ? "asc" : "desc";
    return address(column, way, "");
  }

  /** The address of the page of the list after a campaign. */
  public String goingOn(String id) {
    return address(sort, order, id);
  }

  /** The address of this page. */
  public String here() {
    return address(sort, order, after);
  }

  private String address(String by, String way, String from) {
    return new Query("/campaigns")
        .with("state", state)
        .with("subject", subject)
        .with("task", task)
        .with("text", text)
        .with("sort", by)
        .with("order", way)
        .with("after", from)
        .toString();
  }
}
