package dev.piecrust.api;

import dev.piecrust.api.access.Roles;
import dev.piecrust.control.CampaignService;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.features.FeatureLine;
import dev.piecrust.store.features.FeatureQuery;
import dev.piecrust.store.result.KeptPrompt;
import dev.piecrust.view.FeatureView;
import dev.piecrust.view.FeatureViews;
import dev.piecrust.view.Page;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The features that a campaign explains. */
@Path("/api/v1/campaigns/{id}/features")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class FeatureResource {
  private final CampaignService campaigns;
  private final FeatureViews features;

  public FeatureResource(CampaignService campaigns, FeatureViews features) {
    this.campaigns = campaigns;
    this.features = features;
  }

  /** A part of the list, sorted by any column. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(
      operationId = "listFeatures",
      summary = "Lists the features that a campaign explains, a page at a time")
  public Page<FeatureLine> list(
      @PathParam("id") String id, @BeanParam FeatureFilter filter, @BeanParam Listing part) {
    Known.campaign(campaigns, id);
    FeatureQuery query = filter.of(id);
    return part.of((after, rows) -> features.page(query, after, rows));
  }

  /** All that is known of one feature. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{layer}/{feature}")
  @Operation(operationId = "getFeature", summary = "Tells all that is known of one feature")
  public FeatureView feature(
      @PathParam("id") String id,
      @PathParam("layer") int layer,
      @PathParam("feature") int feature) {
    return features.feature(id, known(id, layer, feature));
  }

  /** The prompts that keep it. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{layer}/{feature}/prompts")
  @Operation(
      operationId = "listFeaturePrompts",
      summary = "Lists the prompts that keep a feature, a page at a time")
  public Page<KeptPrompt> prompts(
      @PathParam("id") String id,
      @PathParam("layer") int layer,
      @PathParam("feature") int feature,
      @BeanParam Listing part) {
    FeatureId wanted = known(id, layer, feature);
    return part.of((after, rows) -> features.prompts(id, wanted, after, rows));
  }

  private FeatureId known(String id, int layer, int index) {
    Known.campaign(campaigns, id);
    return Known.feature(features, id, layer, index);
  }
}
