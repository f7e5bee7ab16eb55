package dev.piecrust.ui;

import dev.piecrust.spec.SpecForm;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * Asks for a campaign.
 *
 * @param spec the text to begin with
 * @param sections of the form
 */
record NewCampaignPage(Shell shell, String spec, List<SpecForm.Section> sections)
    implements TemplateInstance {}
