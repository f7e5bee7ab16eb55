package dev.piecrust.store.ledger;

import dev.piecrust.feature.FeatureId;

/** Whose cost it is. */
record CostPart(String stage, FeatureId feature, String provider, String model) {}
