package dev.piecrust.ui;

import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** Asks whose features are wanted. */
record ChooseCampaignPage(Shell shell, List<CampaignHead> campaigns) implements TemplateInstance {}
