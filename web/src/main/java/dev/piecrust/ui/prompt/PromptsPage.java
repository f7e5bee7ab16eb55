package dev.piecrust.ui.prompt;

import dev.piecrust.store.result.PromptLine;
import dev.piecrust.store.result.PromptQuery;
import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.Shell;
import dev.piecrust.view.Page;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The prompts of a task, by how well one method does on them.
 *
 * @param rows of the page, in words
 */
record PromptsPage(
    Shell shell,
    CampaignHead campaign,
    List<String> tasks,
    List<String> methods,
    List<Integer> budgets,
    PromptQuery query,
    PromptListLinks links,
    Page<PromptLine> page,
    List<PromptRow> rows)
    implements TemplateInstance {}
