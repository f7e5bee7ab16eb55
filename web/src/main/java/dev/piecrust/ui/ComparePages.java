package dev.piecrust.ui;

import dev.piecrust.api.access.Roles;
import dev.piecrust.control.CampaignService;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.view.compare.CompareViews;
import dev.piecrust.view.compare.Comparing;
import dev.piecrust.view.compare.Comparing.Curve;
import dev.piecrust.view.compare.Comparing.Side;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The page that sets campaigns beside one another. */
@Path("/compare")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class ComparePages {
  private static final String PLACE = "compare";
  private static final int CHOICE = 100;

  private final Shells shells;
  private final CampaignHeads heads;
  private final CampaignService campaigns;
  private final CompareViews compare;

  public ComparePages(
      Shells shells, CampaignHeads heads, CampaignService campaigns, CompareViews compare) {
    this.shells = shells;
    this.heads = heads;
    this.campaigns = campaigns;
    this.compare = compare;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  public TemplateInstance compare(@QueryParam("campaign") List<String> ids) {
    ids.forEach(heads::require);
    if (ids.size() < 2) { // one came along from its own page
      return choice(ids, "");
    }
    try {
      Optional<Comparing> compared = Optional.of(compare.compare(ids));
      return new ComparePage(
          shells.at(PLACE), List.of(), ids, compared, new CompareShow(ids, compared), "");
    } catch (PieCrustException tooFewOrMany) {
      return choice(ids, String.valueOf(tooFewOrMany.getMessage()));
    }
  }

  /**
   * What the chart of a task draws, without all else that is compared.
   *
   * @param campaigns by their ids, the first as chosen
   */
  public record Curves(List<String> campaigns, List<Curve> curves) {
    public Curves {
      campaigns = List.copyOf(campaigns);
      curves = List.copyOf(curves);
    }
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/curves")
  @Produces(MediaType.APPLICATION_JSON)
  public Curves curves(@QueryParam("campaign") List<String> ids, @QueryParam("task") String task) {
    ids.forEach(heads::require);
    Comparing compared = compare.compare(ids);
    return new Curves(
        compared.sides().stream().map(Side::id).toList(),
        compared.tasks().stream()
            .filter(curves -> curves.task().equals(task))
            .flatMap(curves -> curves.curves().stream())
            .toList());
  }

  private ComparePage choice(List<String> ids, String wrong) {
    return new ComparePage(
        shells.at(PLACE),
        campaigns.list().stream()
            .sorted(Comparator.comparing(status -> !ids.contains(status.id())))
            .limit(CHOICE)
            .map(CampaignHead::of)
            .toList(),
        ids,
        Optional.empty(),
        new CompareShow(ids, Optional.empty()),
        wrong);
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/differences.csv")
  @Produces(CsvText.TYPE)
  public Response differences(@QueryParam("campaign") List<String> ids) {
    ids.forEach(heads::require);
    Comparing compared = compare.compare(ids);
    CsvText csv =
        new CsvText(
            "task", "campaign", "minus", "method", "k", "kl_last", "low", "high", "n", "paired");
    String first = compared.sides().get(0).id();
    compared
        .tasks()
        .forEach(
            task ->
                task.differences()
                    .forEach(
                        d ->
                            csv.line(
                                task.task(),
                                d.campaign(),
                                first,
                                d.method(),
                                d.budget(),
                                d.klLast().mean().orElse(Double.NaN),
                                d.klLast().low().orElse(Double.NaN),
                                d.klLast().high().orElse(Double.NaN),
                                d.klLast().n(),
                                d.paired())));
    return csv.answer("differences.csv");
  }
}
