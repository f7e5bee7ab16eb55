package dev.piecrust.evidence;

import dev.piecrust.feature.FeatureId;
import java.util.Optional;

/** What others published of features. */
interface PublishedSource {
  /** That of one feature, if it was published; files that are damaged are a user error. */
  Optional<PublishedRecord> find(FeatureId feature);
}
