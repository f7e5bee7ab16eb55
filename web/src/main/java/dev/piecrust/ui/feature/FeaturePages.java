package dev.piecrust.ui.feature;

import dev.piecrust.api.FeatureFilter;
import dev.piecrust.api.Known;
import dev.piecrust.api.Listing;
import dev.piecrust.api.access.Roles;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.features.FeatureQuery;
import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.CampaignHeads;
import dev.piecrust.ui.CsvText;
import dev.piecrust.ui.Shells;
import dev.piecrust.view.FeatureView;
import dev.piecrust.view.FeatureViews;
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

/** The pages about features. */
@Path("/campaigns/{id}/features")
@Produces(MediaType.TEXT_HTML)
@Blocking
public class FeaturePages {
  static final String PLACE = "features";
  private static final int PROMPTS = 50;

  private final Shells shells;
  private final CampaignHeads heads;
  private final FeatureViews features;

  public FeaturePages(Shells shells, CampaignHeads heads, FeatureViews features) {
    this.shells = shells;
    this.heads = heads;
    this.features = features;
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  public TemplateInstance list(
      @PathParam("id") String id, @BeanParam FeatureFilter filter, @BeanParam Listing part) {
    CampaignHead head = heads.of(id);
    FeatureQuery query = filter.of(id);
    return new FeaturesPage(
        shells.at(PLACE),
        head,
        features.count(id),
        features.ranking(id),
        features.sameDescription(id),
        query,
        new FeatureListLinks(query),
        part.of((after, rows) -> features.page(query, after, rows)));
  }

  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{layer}/{feature}")
  public TemplateInstance feature(
      @PathParam("id") String id,
      @PathParam("layer") int layer,
      @PathParam("feature") int feature,
      @BeanParam Listing part) {
    CampaignHead head = heads.of(id);
    FeatureId wanted = Known.feature(features, id, layer, feature);
    return new FeaturePage(
        shells.at(PLACE),
        head,
        features.feature(id, wanted),
        features.readsCorpus(id),
        part.of(PROMPTS, (after, rows) -> features.prompts(id, wanted, after, rows)));
  }

  /** How strongly it is active, for a spreadsheet. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{layer}/{feature}/activations.csv")
  @Produces(CsvText.TYPE)
  public Response activations(
      @PathParam("id") String id,
      @PathParam("layer") int layer,
      @PathParam("feature") int feature) {
    heads.require(id);
    CsvText csv = new CsvText("from", "to", "windows");
    features
        .feature(id, Known.feature(features, id, layer, feature))
        .evidence()
        .map(FeatureView.EvidenceView::histogram)
        .ifPresent(
            histogram -> {
              double width = histogram.maximum() / Math.max(1, histogram.counts().size());
              for (int i = 0; i < histogram.counts().size(); i++) {
                csv.line(i * width, (i + 1) * width, histogram.counts().get(i));
              }
            });
    return csv.answer("activations.csv");
  }

  /** The texts behind the scores, for a spreadsheet. */
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.ADMIN})
  @GET
  @Path("/{layer}/{feature}/scores.csv")
  @Produces(CsvText.TYPE)
  public Response scores(
      @PathParam("id") String id,
      @PathParam("layer") int layer,
      @PathParam("feature") int feature) {
    heads.require(id);
    FeatureView view = features.feature(id, Known.feature(features, id, layer, feature));
    CsvText csv = new CsvText("kind", "factor", "rating", "activation", "text");
    view.written().forEach(t -> csv.line("written", "", "", t.activation(), t.text()));
    view.rated().forEach(t -> csv.line("rated", "", t.rating(), t.activation(), t.text()));
    view.steered()
        .forEach(
            t -> csv.line("steered", t.factor(), t.rating(), "", t.prompt() + t.continuation()));
    return csv.answer("scores.csv");
  }
}
