package dev.piecrust.ui.feature;

import dev.piecrust.api.access.Roles;
import dev.piecrust.control.CampaignService;
import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.Shells;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where those begin who want features, but have not said whose. */
@Path("/features")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class FeatureStartPage {
  private static final int CHOICE = 50;

  private final Shells shells;
  private final CampaignService campaigns;

  public FeatureStartPage(Shells shells, CampaignService campaigns) {
    this.shells = shells;
    this.campaigns = campaigns;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  public TemplateInstance choose() {
    return new ChooseCampaignPage(
        shells.at(FeaturePages.PLACE),
        campaigns.list().stream().limit(CHOICE).map(CampaignHead::of).toList());
  }
}
