package dev.piecrust.ui.feature;

import dev.piecrust.store.features.FeatureQuery;
import dev.piecrust.ui.Address;

/** Where the head of a column of a list of features leads. */
public record FeatureListLinks(FeatureQuery query) {
  /**
   * {@code ascending} or {@code descending} for the column that the list is sorted by, else empty.
   */
  public String sorted(String by) {
    if (!query.sort().label().equals(by)) {
      return "";
    }
    return query.sort().smallestFirst() != query.reversed() ? "ascending" : "descending";
  }

  /** The list sorted by a column; by the same again, the other way round. */
  public String sortedBy(String by) {
    boolean same = query.sort().label().equals(by);
    return filtered()
        .with("sort", by)
        .with("order", same && !query.reversed() ? "reverse" : "")
        .toString();
  }

  /** The next page of the same list. */
  public String after(String next) {
    return here().with("after", next).toString();
  }

  /** The first page of the same list. */
  public Address here() {
    return filtered()
        .with("sort", query.sort().label())
        .with("order", query.reversed() ? "reverse" : "");
  }

  private Address filtered() {
    return Address.of("campaigns", query.campaignId(), "features")
        .with("q", query.text())
        .with("layer", query.layer())
        .with("scored", query.scored().map(scored -> scored ? "yes" : "no"));
  }
}
