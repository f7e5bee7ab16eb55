package dev.piecrust.ui;

import dev.piecrust.api.NotThere;
import dev.piecrust.api.access.Roles;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.spec.SpecForm;
import dev.piecrust.store.Stores;
import dev.piecrust.view.EventLog;
import dev.piecrust.view.FeatureViews;
import dev.piecrust.view.FidelityView;
import dev.piecrust.view.FidelityViews;
import dev.piecrust.view.Overlaps;
import dev.piecrust.view.TaskSummaries;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.CampaignCards;
import dev.piecrust.view.campaign.CampaignLists;
import dev.piecrust.view.campaign.SpendViews;
import dev.piecrust.view.train.TrainingViews;
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
import java.util.List;

/** The pages about campaigns. */
@Path("/campaigns")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class CampaignPages {
  private static final int SHOWN = 30;
  private static final int FIRST = 8;

  private final Shells shells;
  private final CampaignLists lists;
  private final CampaignCards cards;
  private final FidelityViews fidelity;
  private final TaskSummaries looks;
  private final Overlaps overlaps;
  private final FeatureViews features;
  private final SpendViews spending;
  private final EventLog happenings;
  private final TrainingViews trainings;
  private final Stores stores;
  private final NewCampaign fresh;

  public CampaignPages(
      Shells shells,
      CampaignLists lists,
      CampaignCards cards,
      FidelityViews fidelity,
      TaskSummaries looks,
      Overlaps overlaps,
      FeatureViews features,
      SpendViews spending,
      EventLog happenings,
      TrainingViews trainings,
      Stores stores,
      NewCampaign fresh) {
    this.shells = shells;
    this.lists = lists;
    this.cards = cards;
    this.fidelity = fidelity;
    this.looks = looks;
    this.overlaps = overlaps;
    this.features = features;
    this.spending = spending;
    this.happenings = happenings;
    this.trainings = trainings;
    this.stores = stores;
    this.fresh = fresh;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  public TemplateInstance list(@BeanParam CampaignFilter filter) {
    return new CampaignsPage(
        shells.at("campaigns"),
        filter,
        lists.find(filter.query()),
        List.of(CampaignState.values()));
  }

  /**
   * Asks for a new campaign.
   *
   * @param from id of a campaign that it begins like
   * @param begin {@code training} for one that trains a transcoder
   */
  @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/new")
  public TemplateInstance begin(
      @QueryParam("from") @DefaultValue("") String from,
      @QueryParam("begin") @DefaultValue("") String begin) {
    String first = begin.equals("training") ? fresh.training() : fresh.first();
    return new NewCampaignPage(
        shells.at("campaigns"),
        from.isEmpty() ? first : fresh.like(from),
        fresh.corpus(),
        fresh.transcoder(),
        SpecForm.sections());
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{id}")
  public TemplateInstance one(
      @PathParam("id") String id, @QueryParam("before") @DefaultValue("0") long before) {
    CampaignCard card =
        cards
            .find(id)
            .orElseThrow(() -> new NotThere("There is no campaign called '%s'.".formatted(id)));
    FidelityView curves = fidelity.soon(id);
    return CampaignPage.of(
        shells.at("campaigns"),
        card,
        stores.campaigns().spec(id),
        curves,
        looks.of(card.status()),
        overlaps.of(card.status()),
        features.first(id, FIRST),
        features.spreads(id),
        spending.of(card),
        happenings.failures(id, SHOWN),
        happenings.events(id, before == 0 ? Long.MAX_VALUE : before, SHOWN),
        trainings.of(card),
        trainings.trained(card));
  }
}
