package dev.piecrust.api;

import dev.piecrust.api.access.Roles;
import dev.piecrust.store.ledger.CallLine;
import dev.piecrust.store.ledger.CallQuery;
import dev.piecrust.view.CallView;
import dev.piecrust.view.LedgerTime;
import dev.piecrust.view.LedgerView;
import dev.piecrust.view.LedgerViews;
import dev.piecrust.view.Page;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The calls to language models, and what they cost. */
@Path("/api/v1/ledger")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class LedgerResource {
  private final LedgerViews ledger;

  public LedgerResource(LedgerViews ledger) {
    this.ledger = ledger;
  }

  /** The sums by campaign, stage and model; of one campaign, or of all. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(
      operationId = "getLedger",
      summary = "Sums calls to language models by campaign, stage and model")
  public LedgerView sums(@QueryParam("campaign") Optional<String> campaign) {
    return ledger.sums(campaign.filter(id -> !id.isEmpty()));
  }

  /** What was spent over time, by one campaign or by all. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/time")
  @Operation(operationId = "getLedgerTime", summary = "Tells what was spent over time")
  public LedgerTime time(@QueryParam("campaign") Optional<String> campaign) {
    return ledger.time(campaign.filter(id -> !id.isEmpty()));
  }

  /** A part of the list of calls, the last first. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/calls")
  @Operation(
      operationId = "listCalls",
      summary = "Lists calls to language models, the last first, a page at a time")
  public Page<CallLine> calls(@BeanParam CallFilter filter, @BeanParam Listing part) {
    CallQuery query = filter.query();
    return part.of((after, rows) -> ledger.page(query, after, rows));
  }

  /** One call, with what was said. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/calls/{call}")
  @Operation(operationId = "getCall", summary = "Tells one call, with what was said")
  public CallView call(@PathParam("call") long call) {
    return ledger
        .call(call)
        .orElseThrow(() -> new NotThere("the ledger has no call %d".formatted(call)));
  }
}
