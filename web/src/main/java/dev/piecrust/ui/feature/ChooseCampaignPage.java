package dev.piecrust.ui.feature;

import dev.piecrust.ui.CampaignHead;
import dev.piecrust.ui.Shell;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** Asks whose features are wanted. */
record ChooseCampaignPage(Shell shell, List<CampaignHead> campaigns) implements TemplateInstance {}
