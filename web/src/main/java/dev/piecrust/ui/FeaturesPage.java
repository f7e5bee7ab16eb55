package dev.piecrust.ui;

import dev.piecrust.store.FeatureLine;
import dev.piecrust.store.FeatureQuery;
import dev.piecrust.view.Page;
import io.quarkus.qute.TemplateInstance;

/**
 * The features that a campaign explains.
 *
 * @param total without filters
 */
record FeaturesPage(
    Shell shell,
    CampaignHead campaign,
    long total,
    FeatureQuery query,
    FeatureListLinks links,
    Page<FeatureLine> page)
    implements TemplateInstance {}
