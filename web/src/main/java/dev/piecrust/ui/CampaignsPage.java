package dev.piecrust.ui;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.view.campaign.CampaignLists;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** All campaigns. */
record CampaignsPage(
    Shell shell, CampaignFilter filter, CampaignLists.Found found, List<CampaignState> states)
    implements TemplateInstance {}
