package dev.piecrust.ui.feature;

import dev.piecrust.store.features.FeatureLine;
import dev.piecrust.store.features.FeatureQuery;
import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.Shell;
import dev.piecrust.view.Page;
import io.quarkus.qute.TemplateInstance;
import java.util.Optional;

/**
 * The features that a campaign explains.
 *
 * @param total without filters
 * @param ranking by what the list is in order, in a sentence without its stop
 * @param sameDescription that many of them have one description, where they do
 */
record FeaturesPage(
    Shell shell,
    CampaignHead campaign,
    long total,
    String ranking,
    Optional<String> sameDescription,
    FeatureQuery query,
    FeatureListLinks links,
    Page<FeatureLine> page)
    implements TemplateInstance {}
