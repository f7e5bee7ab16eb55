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
 * @param readsCorpus whether the campaign looks at a corpus
 * @param prompts those that keep it, as far as they are shown
 */
record FeaturePage(
    Shell shell,
    CampaignHead campaign,
    FeatureView feature,
    boolean readsCorpus,
    Page<KeptPrompt> prompts)
    implements TemplateInstance {}
