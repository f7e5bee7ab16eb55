package dev.piecrust.api;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.SpecReader;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.Usd;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.Reports;
import dev.piecrust.report.ResultTable;
import dev.piecrust.report.TableText;
import dev.piecrust.store.Spend;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Campaigns over HTTP, as {@link CampaignService} offers them. */
@Path("/api/v1/campaigns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Blocking
public class CampaignResource {
  private final CampaignService campaigns;
  private final Reports reports;

  public CampaignResource(CampaignService campaigns, Reports reports) {
    this.campaigns = campaigns;
    this.reports = reports;
  }

  @GET
  public List<CampaignStatus> list() {
    return campaigns.list();
  }

  @POST
  public SubmitResponse submit(SubmitRequest request) {
    if (request == null || request.spec() == null || request.folder() == null) {
      throw user("the request is not complete, expected {\"spec\": TEXT, \"folder\": PATH}");
    }
    java.nio.file.Path folder = java.nio.file.Path.of(request.folder());
    CampaignSpec spec = SpecReader.parse(request.spec(), folder, "spec");
    return new SubmitResponse(campaigns.submit(spec, request.fresh()));
  }

  @GET
  @Path("/{id}")
  public CampaignStatus status(@PathParam("id") String id) {
    return known(id);
  }

  @GET
  @Path("/{id}/events")
  public List<CampaignEvent> events(@PathParam("id") String id) {
    known(id);
    return campaigns.events(id);
  }

  @POST
  @Path("/{id}/pause")
  public CampaignStatus pause(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::pause);
  }

  @POST
  @Path("/{id}/resume")
  public CampaignStatus resume(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::resume);
  }

  @POST
  @Path("/{id}/finish")
  public CampaignStatus finish(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::finish);
  }

  @POST
  @Path("/{id}/retry")
  public CampaignStatus retry(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::retry);
  }

  @POST
  @Path("/{id}/cancel")
  public CampaignStatus cancel(@PathParam("id") String id, CommandRequest request) {
    return command(id, request, campaigns::cancel);
  }

  @POST
  @Path("/{id}/budget")
  public CampaignStatus budget(@PathParam("id") String id, BudgetRequest request) {
    known(id);
    if (request == null || request.usd() == null || isNobody(request.who())) {
      throw user("the request is not complete, expected {\"usd\": AMOUNT, \"who\": NAME}");
    }
    campaigns.raiseBudget(id, Usd.parse(request.usd()), request.who());
    return known(id);
  }

  /** What the campaign's language models cost so far. */
  @GET
  @Path("/{id}/spend")
  public Spend spend(@PathParam("id") String id) {
    known(id);
    return campaigns.spend(id);
  }

  private CampaignStatus command(
      String id, CommandRequest request, BiConsumer<String, String> command) {
    known(id);
    if (request == null || isNobody(request.who())) {
      throw user("the request does not say who asks, expected {\"who\": NAME}");
    }
    command.accept(id, request.who());
    return known(id);
  }

  private static boolean isNobody(@Nullable String who) {
    return who == null || who.isBlank();
  }

  /** The results as text for people. */
  @GET
  @Path("/{id}/table")
  @Produces(MediaType.TEXT_PLAIN)
  public String tableText(@PathParam("id") String id) {
    known(id);
    return TableText.of(campaigns.table(id));
  }

  /** The results as JSON. */
  @GET
  @Path("/{id}/results")
  public ResultTable results(@PathParam("id") String id) {
    known(id);
    return campaigns.table(id);
  }

  /** The export's files as a ZIP archive. */
  @GET
  @Path("/{id}/export")
  @Produces("application/zip")
  public byte[] export(
      @PathParam("id") String id, @QueryParam("format") @DefaultValue("pie") String format) {
    known(id);
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    reports.exportZip(id, ExportFormat.of(format), zip);
    return zip.toByteArray();
  }

  private CampaignStatus known(String id) {
    return campaigns
        .find(id)
        .orElseThrow(
            () ->
                new WebApplicationException(
                    Problem.response(
                        404,
                        FailureCategory.USER.name(),
                        String.valueOf(CampaignService.unknown(id).getMessage()))));
  }
}
