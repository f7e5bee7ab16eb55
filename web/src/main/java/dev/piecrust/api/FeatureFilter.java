package dev.piecrust.api;

import dev.piecrust.failure.Bounds;
import dev.piecrust.store.features.FeatureQuery;
import dev.piecrust.store.features.FeatureSort;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which features of a campaign are wanted, and in which order: query parameters. */
public class FeatureFilter {
  /** Label of a {@link FeatureSort}. */
  @QueryParam("sort")
  @DefaultValue("rank")
  String sort = "rank";

  /** {@code reverse} for the other way round; by default the way in which the list reads best. */
  @QueryParam("order")
  @DefaultValue("")
  String order = "";

  /** A part of the description, in any case. */
  @QueryParam("q")
  @DefaultValue("")
  String text = "";

  /** Layer, from 0. */
  @QueryParam("layer")
  @Nullable String layer;

  /** {@code yes} for those with a score, {@code no} for those without. */
  @QueryParam("scored")
  @DefaultValue("")
  String scored = "";

  /** The question to the database; what cannot be understood is a user error. */
  public FeatureQuery of(String campaignId) {
    return new FeatureQuery(
        campaignId,
        FeatureSort.of(sort),
        Choices.between("order", order, "reverse", ""),
        text.strip(),
        Optional.ofNullable(layer).filter(l -> !l.isEmpty()).map(FeatureFilter::layer),
        scored.isEmpty()
            ? Optional.empty()
            : Optional.of(Choices.between("scored", scored, "yes", "no")));
  }

  private static int layer(String number) {
    Bounds.require("layer", number, number.matches("[0-9]{1,9}"), Bounds.words(0, 999_999_999));
    return Integer.parseInt(number);
  }
}
