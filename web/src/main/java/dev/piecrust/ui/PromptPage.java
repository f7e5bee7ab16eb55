package dev.piecrust.ui;

import dev.piecrust.view.PromptView;
import io.quarkus.qute.TemplateInstance;

/** One prompt under one method at one budget. */
record PromptPage(
    Shell shell, CampaignHead campaign, PromptView prompt, PromptMap map, PromptShow show)
    implements TemplateInstance {}
