package dev.piecrust.report;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.report.meaning.CampaignCosts;
import dev.piecrust.report.meaning.FeatureTable;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an export is made from; the parts that take time are made when a format first asks.
 *
 * @param fingerprint of model and transcoder together, once anything ran
 * @param tables the tables of {@link #table}
 * @param meanings the features of {@link #features}
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
    Supplier<ResultTable> tables,
    Supplier<Optional<FeatureTable>> meanings,
    StageReader stages,
    OutcomeReader outcomes,
    CircuitReader circuits,
    List<CircuitOutcome> circuitOutcomes,
    Optional<CampaignCosts> costs) {

  /** The tables of all tasks, for which every kept set is read once. */
  ResultTable table() {
    return tables.get();
  }

  /** What features mean; absent for a campaign that only prunes. */
  Optional<FeatureTable> features() {
    return meanings.get();
  }
}
