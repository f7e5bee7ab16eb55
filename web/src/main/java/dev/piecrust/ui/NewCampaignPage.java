package dev.piecrust.ui;

import dev.piecrust.campaign.Method;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * Asks for a campaign.
 *
 * @param spec the text to begin with
 */
record NewCampaignPage(Shell shell, String spec, List<Method> methods)
    implements TemplateInstance {}
