package dev.piecrust.api;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.api.access.Caller;
import dev.piecrust.api.access.Roles;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.Usd;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.Reports;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.report.text.TableText;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.store.ledger.Spend;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Campaigns over HTTP, as {@link CampaignService} offers them. */
@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public class CampaignResource {
  private final CampaignService campaigns;
  private final Reports reports;
  private final Caller caller;

  public CampaignResource(CampaignService campaigns, Reports reports, Caller caller) {
    this.campaigns = campaigns;
    this.reports = reports;
    this.caller = caller;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(operationId = "listCampaigns", summary = "Lists all campaigns, the latest first")
  public List<CampaignStatus> list() {
    return campaigns.list();
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Operation(
      operationId = "startCampaign",
      summary = "Starts a campaign from the text of its spec, or continues it")
  public SubmitResponse submit(SubmitRequest request) {
    if (request == null || request.spec() == null || request.folder() == null) {
      throw user(
          "the body has no %s, expected {\"spec\": TEXT, \"folder\": PATH}",
          request == null || request.spec() == null ? "spec" : "folder");
    }
    CampaignSpec spec = SpecReader.parse(request.spec(), folder(request), "spec");
    return new SubmitResponse(campaigns.submit(spec, Boolean.TRUE.equals(request.fresh())));
  }

  private static java.nio.file.Path folder(SubmitRequest request) {
    try {
      return java.nio.file.Path.of(request.folder());
    } catch (InvalidPathException e) {
      throw user("folder is '%s', expected the path of a folder", request.folder());
    }
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{id}")
  @Operation(
      operationId = "getCampaign",
      summary = "Tells a campaign's state and how far its stages are")
  public CampaignStatus status(@PathParam("id") String id) {
    return known(id);
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{id}/events")
  @Operation(operationId = "listEvents", summary = "Lists all that happened in a campaign")
  public List<CampaignEvent> events(@PathParam("id") String id) {
    known(id);
    return campaigns.events(id);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/{id}/pause")
  @Operation(
      operationId = "pauseCampaign",
      summary = "Lets what is under way end, and nothing new begin")
  public CampaignStatus pause(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::pause);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/{id}/resume")
  @Operation(operationId = "resumeCampaign", summary = "Lets a paused campaign go on")
  public CampaignStatus resume(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::resume);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/{id}/finish")
  @Operation(
      operationId = "finishCampaign",
      summary = "Ends a campaign early, with the results that it has")
  public CampaignStatus finish(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::finish);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/{id}/retry")
  @Operation(operationId = "retryCampaign", summary = "Tries again what has no result")
  public CampaignStatus retry(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::retry);
  }

  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @POST
  @Path("/{id}/cancel")
  @Operation(operationId = "cancelCampaign", summary = "Stops a campaign; what was done is kept")
  public CampaignStatus cancel(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::cancel);
  }

  @RolesAllowed(Roles.ADMIN)
  @POST
  @Path("/{id}/budget")
  @Operation(
      operationId = "raiseBudget",
      summary = "Sets a higher cap for the campaign's language models")
  public CampaignStatus budget(@PathParam("id") String id, BudgetRequest request) {
    known(id);
    if (request == null || request.usd() == null) {
      throw user("the body has no usd, expected {\"usd\": AMOUNT, \"who\": NAME}");
    }
    BigDecimal usd = Usd.parse(request.usd());
    return command(id, request.who(), (campaign, who) -> campaigns.raiseBudget(campaign, usd, who));
  }

  /** What the campaign's language models cost so far. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{id}/spend")
  @Operation(
      operationId = "getSpend",
      summary = "Tells what a campaign's language models cost so far")
  public Spend spend(@PathParam("id") String id) {
    known(id);
    return campaigns.spend(id);
  }

  private CampaignStatus command(
      String id, CommandRequest request, BiConsumer<String, String> command) {
    if (request == null) {
      throw user("the request is not complete, expected {\"who\": NAME}");
    }
    return command(id, request.who(), command);
  }

  private CampaignStatus command(
      String id, @Nullable String said, BiConsumer<String, String> command) {
    known(id);
    String who = caller.name(said);
    try {
      command.accept(id, who);
    } catch (PieCrustException e) {
      if (e.category() == FailureCategory.USER) { // the campaign is past it, or not at it yet
        throw new ClientErrorException(
            Problem.response(409, e.category().name(), String.valueOf(e.getMessage())), e);
      }
      throw e;
    }
    return known(id);
  }

  /** The results as text for people. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{id}/table")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(operationId = "getTables", summary = "Prints the results as the terminal does")
  public String tableText(@PathParam("id") String id) {
    known(id);
    return TableText.of(campaigns.table(id));
  }

  /** The results as JSON. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{id}/results")
  @Operation(
      operationId = "getResults",
      summary = "Tells means, comparisons and what has no result")
  public ResultTable results(@PathParam("id") String id) {
    known(id);
    return campaigns.table(id);
  }

  /** The export's files as a ZIP archive. */
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{id}/export")
  @Produces("application/zip")
  @Operation(
      operationId = "exportCampaign",
      summary = "Packs the files of an export into a ZIP archive")
  public Response export(
      @PathParam("id") String id, @QueryParam("format") @DefaultValue("pie") String format) {
    known(id);
    InputStream zip = reports.exportZip(id, ExportFormat.of(format));
    return Response.ok(zip)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s-%s.zip\"".formatted(id, format))
        .build();
  }

  private CampaignStatus known(String id) {
    return campaigns
        .find(id)
        .orElseThrow(() -> new NotThere(String.valueOf(CampaignService.unknown(id).getMessage())));
  }
}
