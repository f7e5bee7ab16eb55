package dev.piecrust.ui;

import dev.piecrust.api.access.Roles;
import dev.piecrust.view.campaign.CampaignLists;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Campaigns as their page lists them: filtered, sorted, and page by page. */
@Path("/api/v1/overview")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class OverviewResource {
  private final CampaignLists lists;

  public OverviewResource(CampaignLists lists) {
    this.lists = lists;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(
      operationId = "findCampaigns",
      summary = "Finds campaigns: filtered, sorted, and a page at a time")
  public CampaignLists.Found list(@BeanParam CampaignFilter filter) {
    return lists.find(filter.query());
  }
}
