package dev.piecrust.api;

import dev.piecrust.api.access.Roles;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.KeptBy;
import dev.piecrust.control.CampaignService;
import dev.piecrust.store.Stores;
import dev.piecrust.store.result.PromptLine;
import dev.piecrust.store.result.PromptQuery;
import dev.piecrust.view.Page;
import dev.piecrust.view.PromptView;
import dev.piecrust.view.PromptViews;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The prompts of a campaign's tasks. */
@Path("/api/v1/campaigns/{id}/prompts/{task}")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
public class PromptResource {
  private final CampaignService campaigns;
  private final Stores stores;
  private final PromptViews prompts;

  public PromptResource(CampaignService campaigns, Stores stores, PromptViews prompts) {
    this.campaigns = campaigns;
    this.stores = stores;
    this.prompts = prompts;
  }

  /**
   * A part of the list, for one method at one budget; by default those by which the campaign
   * chooses features.
   *
   * @param sort {@code prompt}, by index; or {@code kl}, the worst first
   */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Operation(
      operationId = "listPrompts",
      summary = "Lists the prompts of a task for one method at one budget, a page at a time")
  public Page<PromptLine> list(
      @PathParam("id") String id,
      @PathParam("task") String task,
      @QueryParam("method") Optional<String> method,
      @QueryParam("budget") Optional<Integer> budget,
      @QueryParam("sort") @DefaultValue("prompt") String sort,
      @BeanParam Listing part) {
    CampaignSpec spec = Known.task(campaigns, stores, id, task);
    KeptBy rule = spec.keptBy();
    PromptQuery query =
        new PromptQuery(
            id,
            task,
            Choices.method(method).orElse(rule.method().label()),
            Choices.budget(budget).orElse(rule.budget()),
            Choices.between("sort", sort, "kl", "prompt"));
    return part.of((after, rows) -> prompts.page(query, after, rows));
  }

  /** What a method keeps of one prompt, and what the model then expects. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{prompt}")
  @Operation(
      operationId = "getPrompt",
      summary = "Tells what a method keeps of one prompt, and what the model then expects")
  public PromptView prompt(
      @PathParam("id") String id,
      @PathParam("task") String task,
      @PathParam("prompt") int prompt,
      @QueryParam("method") Optional<String> method,
      @QueryParam("budget") Optional<Integer> budget) {
    Known.prompt(campaigns, stores, prompts, id, task, prompt);
    return prompts.prompt(id, task, prompt, Choices.method(method), Choices.budget(budget));
  }
}
