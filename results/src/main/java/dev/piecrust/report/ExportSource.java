package dev.piecrust.report;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.report.meaning.CampaignCosts;
import java.util.List;
import java.util.Optional;

/**
 * What an export is made from.
 *
 * @param fingerprint of model and transcoder together, once anything ran
 * @param stages reads what units left behind
 * @param outcomes reads the outcomes of every prompt, kept occurrences included
 * @param circuits reads circuits and the statistics of features
 * @param circuitOutcomes how circuits did on single prompts, of all tasks and shares
 * @param costs of language models; absent for a campaign that only prunes
 */
record ExportSource(
    CampaignStatus status,
    CampaignSpec spec,
    Optional<String> fingerprint,
    ResultTable table,
    StageReader stages,
    OutcomeReader outcomes,
    CircuitReader circuits,
    List<CircuitOutcome> circuitOutcomes,
    Optional<CampaignCosts> costs) {}
