package dev.piecrust.api;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.api.access.Roles;
import dev.piecrust.control.CampaignService;
import dev.piecrust.view.compare.CompareViews;
import dev.piecrust.view.compare.Comparing;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Campaigns beside one another. */
@Path("/api/v1/compare")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class CompareResource {
  private final CampaignService campaigns;
  private final CompareViews compare;

  public CompareResource(CampaignService campaigns, CompareViews compare) {
    this.campaigns = campaigns;
    this.compare = compare;
  }

  /**
   * Compares campaigns with the first of them.
   *
   * @param ids two to six
   */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(
      operationId = "compareCampaigns",
      summary = "Compares two to six campaigns with the first of them")
  public Comparing compare(@QueryParam("campaign") List<String> ids) {
    if (ids.size() != ids.stream().distinct().count()) {
      throw user("a campaign is to be compared with itself, expected each once");
    }
    ids.forEach(id -> Known.campaign(campaigns, id));
    return compare.compare(ids);
  }
}
