package dev.piecrust.ui.prompt;

import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.Shell;
import dev.piecrust.view.PromptView;
import io.quarkus.qute.TemplateInstance;

/** One prompt under one method at one budget. */
record PromptPage(
    Shell shell, CampaignHead campaign, PromptView prompt, PromptMap map, PromptShow show)
    implements TemplateInstance {}
