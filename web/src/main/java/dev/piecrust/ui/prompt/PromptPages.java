package dev.piecrust.ui.prompt;

import dev.piecrust.activity.Stages;
import dev.piecrust.api.Listing;
import dev.piecrust.api.NotThere;
import dev.piecrust.api.access.Roles;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.KeptBy;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.store.Stores;
import dev.piecrust.store.result.PromptLine;
import dev.piecrust.store.result.PromptQuery;
import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.CampaignHeads;
import dev.piecrust.ui.CsvText;
import dev.piecrust.ui.Shells;
import dev.piecrust.view.Page;
import dev.piecrust.view.PromptView;
import dev.piecrust.view.PromptViews;
import dev.piecrust.view.PromptWords;
import io.quarkus.qute.TemplateInstance;
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
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pages about prompts. */
@Path("/campaigns/{id}/prompts/{task}")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class PromptPages {
  private static final String PLACE = "campaigns";
  private static final int LISTED = 25;

  private final Shells shells;
  private final CampaignHeads heads;
  private final Stores stores;
  private final PromptViews prompts;

  public PromptPages(Shells shells, CampaignHeads heads, Stores stores, PromptViews prompts) {
    this.shells = shells;
    this.heads = heads;
    this.stores = stores;
    this.prompts = prompts;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  public TemplateInstance list(
      @PathParam("id") String id,
      @PathParam("task") String task,
      @QueryParam("method") Optional<String> method,
      @QueryParam("budget") Optional<Integer> budget,
      @QueryParam("sort") @DefaultValue("prompt") String sort,
      @BeanParam Listing part) {
    CampaignHead head = heads.of(id);
    requireTask(id, task);
    CampaignSpec spec = stores.campaigns().spec(id);
    KeptBy rule = spec.keptBy();
    PromptQuery query =
        new PromptQuery(
            id,
            task,
            method.orElse(rule.method().label()),
            budget.orElse(rule.budget()),
            sort.equals("kl"));
    Page<PromptLine> page = part.of(LISTED, (after, rows) -> prompts.page(query, after, rows));
    Map<Integer, PromptWords> words = prompts.words(query, page.rows());
    return new PromptsPage(
        shells.at(PLACE),
        head,
        spec.tasks().stream().map(TaskSpec::name).toList(),
        spec.prune().promptMethods().stream().map(Method::label).toList(),
        List.copyOf(spec.prune().budgets()),
        query,
        new PromptListLinks(query),
        page,
        page.rows().stream()
            .map(line -> new PromptRow(line, Optional.ofNullable(words.get(line.prompt()))))
            .toList());
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{prompt}")
  public TemplateInstance prompt(
      @PathParam("id") String id,
      @PathParam("task") String task,
      @PathParam("prompt") int index,
      @QueryParam("method") Optional<String> method,
      @QueryParam("budget") Optional<Integer> budget,
      @QueryParam("cell") @DefaultValue("") String cell) {
    CampaignHead head = heads.of(id);
    requirePrompt(id, task, index);
    PromptView prompt = prompts.prompt(id, task, index, method, budget);
    return new PromptPage(
        shells.at(PLACE),
        head,
        prompt,
        PromptMap.of(prompt),
        new PromptShow(prompt, head.done(Stages.fidelity(task)), cell));
  }

  /** What the map shows, for a spreadsheet. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{prompt}/kept.csv")
  @Produces(CsvText.TYPE)
  public Response kept(
      @PathParam("id") String id,
      @PathParam("task") String task,
      @PathParam("prompt") int index,
      @QueryParam("method") Optional<String> method,
      @QueryParam("budget") Optional<Integer> budget) {
    heads.require(id);
    requirePrompt(id, task, index);
    PromptView prompt = prompts.prompt(id, task, index, method, budget);
    CsvText csv = new CsvText("method", "k", "layer", "position", "feature", "score");
    prompt
        .kept()
        .forEach(
            k ->
                csv.line(
                    prompt.method(),
                    prompt.budget(),
                    k.feature().layer(),
                    k.position(),
                    k.feature().index(),
                    k.score()));
    return csv.answer("kept.csv");
  }

  private void requirePrompt(String id, String task, int index) {
    requireTask(id, task);
    if (!prompts.has(id, task, index)) {
      throw new NotThere("task %s of campaign %s has no prompt %d".formatted(task, id, index));
    }
  }

  private void requireTask(String id, String task) {
    if (stores.campaigns().spec(id).tasks().stream().noneMatch(one -> one.name().equals(task))) {
      throw new NotThere("campaign %s has no task '%s'".formatted(id, task));
    }
  }
}
