package dev.piecrust.ui.ledger;

import dev.piecrust.api.CallFilter;
import dev.piecrust.api.Listing;
import dev.piecrust.api.NotThere;
import dev.piecrust.api.access.Roles;
import dev.piecrust.store.ledger.CallSum;
import dev.piecrust.ui.CampaignHeads;
import dev.piecrust.ui.CsvText;
import dev.piecrust.ui.Shells;
import dev.piecrust.view.CallView;
import dev.piecrust.view.LedgerView;
import dev.piecrust.view.LedgerViews;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The pages about the calls to language models. */
@Path("/ledger")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class LedgerPages {
  private static final String PLACE = "ledger";

  private final Shells shells;
  private final CampaignHeads heads;
  private final LedgerViews ledger;

  public LedgerPages(Shells shells, CampaignHeads heads, LedgerViews ledger) {
    this.shells = shells;
    this.heads = heads;
    this.ledger = ledger;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  public TemplateInstance calls(@BeanParam CallFilter filter, @BeanParam Listing part) {
    filter.campaign().ifPresent(heads::require);
    LedgerView sums = ledger.sums(filter.campaign());
    LedgerFilter shown = new LedgerFilter(filter.query());
    return new LedgerPage(
        shells.at(PLACE),
        sums,
        shown,
        new LedgerShow(sums, shown),
        part.of((after, rows) -> ledger.page(shown.query(), after, rows)));
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/calls/{call}")
  public TemplateInstance call(@PathParam("call") long call) {
    CallView view =
        ledger
            .call(call)
            .orElseThrow(() -> new NotThere("the ledger has no call %d".formatted(call)));
    return new CallPage(shells.at(PLACE), view.call(), view);
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/sums.csv")
  @Produces(CsvText.TYPE)
  public Response sums(@BeanParam CallFilter filter) {
    CsvText csv =
        new CsvText(
            "campaign",
            "stage",
            "provider",
            "model",
            "calls",
            "cached",
            "input_tokens",
            "cached_input_tokens",
            "cache_write_tokens",
            "output_tokens",
            "usd");
    List<CallSum> lines = ledger.sums(filter.campaign()).lines();
    lines.forEach(
        line ->
            csv.line(
                line.campaign(),
                line.stage(),
                line.provider(),
                line.model(),
                line.cost().calls(),
                line.cost().hits(),
                line.cost().usage().input(),
                line.cost().usage().cachedInput(),
                line.cost().usage().cacheWrite(),
                line.cost().usage().output(),
                line.cost().usd().toPlainString()));
    return csv.answer("ledger.csv");
  }
}
