package dev.piecrust.ui;

import dev.piecrust.spec.SpecForm;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * Asks for a campaign.
 *
 * @param spec the text to begin with
 * @param corpus of texts to train on, where training is added to it
 * @param transcoder folder to train into, likewise
 * @param sections of the form
 */
record NewCampaignPage(
    Shell shell, String spec, String corpus, String transcoder, List<SpecForm.Section> sections)
    implements TemplateInstance {}
