package dev.piecrust.report;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import java.util.Optional;

/**
 * What an export is made from.
 *
 * @param fingerprint of model and transcoder together, once anything ran
 * @param outcomes reads the outcomes of every prompt, kept occurrences included
 */
record ExportSource(
    CampaignStatus status,
    CampaignSpec spec,
    Optional<String> fingerprint,
    ResultTable table,
    OutcomeReader outcomes) {}
