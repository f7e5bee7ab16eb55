package dev.piecrust.ui;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.api.Listing;
import dev.piecrust.api.NotThere;
import dev.piecrust.api.access.Roles;
import dev.piecrust.control.CampaignService;
import dev.piecrust.view.EventLog;
import dev.piecrust.view.FidelityCsv;
import dev.piecrust.view.FidelityView;
import dev.piecrust.view.FidelityViews;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.CampaignCards;
import dev.piecrust.view.campaign.SpendView;
import dev.piecrust.view.campaign.SpendViews;
import dev.piecrust.view.train.TrainingView;
import dev.piecrust.view.train.TrainingViews;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the page of one campaign shows, for programs. */
@Path("/api/v1/campaigns/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class CampaignViewResource {
  private final CampaignCards cards;
  private final FidelityViews fidelity;
  private final SpendViews spending;
  private final TrainingViews trainings;
  private final EventLog happenings;

  public CampaignViewResource(
      CampaignCards cards,
      FidelityViews fidelity,
      SpendViews spending,
      TrainingViews trainings,
      EventLog happenings) {
    this.cards = cards;
    this.fidelity = fidelity;
    this.spending = spending;
    this.trainings = trainings;
    this.happenings = happenings;
  }

  /** State in words, stages with rates, and money. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/card")
  @Operation(
      operationId = "getCard",
      summary = "Tells a campaign's state in words, its stages with rates, and its money")
  public CampaignCard card(@PathParam("id") String id) {
    return known(id);
  }

  /** Means by task, method and budget, as far as the campaign has come. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/fidelity")
  @Operation(
      operationId = "getFidelity",
      summary = "Tells means by task, method and budget, as far as the campaign has come")
  public FidelityView fidelity(@PathParam("id") String id) {
    known(id);
    return fidelity.of(id);
  }

  /** The same as a table. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/fidelity.csv")
  @Produces("text/csv")
  @Operation(operationId = "getFidelityCsv", summary = "Tells the same means as a table")
  public String fidelityCsv(@PathParam("id") String id) {
    known(id);
    return FidelityCsv.of(fidelity.of(id));
  }

  /** Money over time, rates and limits. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/spending")
  @Operation(operationId = "getSpending", summary = "Tells money over time, rates and limits")
  public SpendView spending(@PathParam("id") String id) {
    return spending.of(known(id));
  }

  /** How the training goes at its checkpoints. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/training")
  @Operation(
      operationId = "getTraining",
      summary = "Tells how a campaign's training goes at its checkpoints")
  public TrainingView training(@PathParam("id") String id) {
    return trainings
        .of(known(id))
        .orElseThrow(
            () ->
                new NotThere(
                    "campaign %s trains nothing, expected one with train in its spec"
                        .formatted(id)));
  }

  /**
   * What happened, the latest first.
   *
   * @param before id of the event before which the list goes on; 0 for the latest
   */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/events/latest")
  @Operation(operationId = "listLatestEvents", summary = "Lists what happened, the latest first")
  public List<EventLog.Event> events(
      @PathParam("id") String id,
      @QueryParam("before") @DefaultValue("0") long before,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    known(id);
    if (before < 0) {
      throw user("before is %d, expected the id of an event, or 0", before);
    }
    return happenings.events(id, before == 0 ? Long.MAX_VALUE : before, Listing.rows(limit));
  }

  /** The first units that were given up, with their reasons. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/failures")
  @Operation(
      operationId = "listFailures",
      summary = "Lists the first units that were given up, with their reasons")
  public List<EventLog.Failure> failures(
      @PathParam("id") String id, @QueryParam("limit") @DefaultValue("50") int limit) {
    known(id);
    return happenings.failures(id, Listing.rows(limit));
  }

  private CampaignCard known(String id) {
    return cards
        .find(id)
        .orElseThrow(() -> new NotThere(String.valueOf(CampaignService.unknown(id).getMessage())));
  }
}
