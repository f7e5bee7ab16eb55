package dev.piecrust.ui.feature;

import dev.piecrust.store.result.KeptPrompt;
import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.Shell;
import dev.piecrust.view.FeatureView;
import dev.piecrust.view.Page;
import io.quarkus.qute.TemplateInstance;

/**
 * One feature.
 *
 * @param prompts those that keep it, as far as they are shown
 */
record FeaturePage(
    Shell shell, CampaignHead campaign, FeatureView feature, Page<KeptPrompt> prompts)
    implements TemplateInstance {}
