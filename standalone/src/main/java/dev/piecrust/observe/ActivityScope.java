package dev.piecrust.observe;

import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.store.process.ModelLoad;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an activity works on.
 *
 * @param campaign empty for none
 * @param stage one of few words, such as {@code score} or {@code explain}
 * @param unit within the stage, such as {@code ioi/000000-000005} or {@code L003/0000042}; empty
 *     where the activity is about the campaign
 */
public record ActivityScope(String campaign, String stage, String unit) {
  private static final String OTHER = "other";

  private static final Map<String, String> STAGES =
      Map.ofEntries(
          Map.entry("Plan", "plan"),
          Map.entry("SelectFeatures", "select"),
          Map.entry("SelectedFeatures", "select"),
          Map.entry("OpenStage", "books"),
          Map.entry("ParkUnit", "books"),
          Map.entry("EnterState", "books"),
          Map.entry("RecordScheduled", "books"),
          Map.entry("Report", "report"),
          Map.entry("ReportEarly", "report"),
          Map.entry("LoadModel", ModelLoad.STAGE),
          Map.entry("HostSubject", ModelLoad.STAGE),
          Map.entry("PrepareTask", "prepare"),
          Map.entry("Train", Stages.TRAIN),
          Map.entry("PruneBatch", "prune"),
          Map.entry("ScoreFeatures", "score"),
          Map.entry("RerankSynergy", "rerank"),
          Map.entry("CheckFidelity", "fidelity"),
          Map.entry("AskCircuits", "circuits"),
          Map.entry("MeasureCircuits", "circuits"),
          Map.entry("ChooseCircuits", "circuits"),
          Map.entry("CheckCircuits", "held-out"),
          Map.entry("OpenCorpus", FeatureStages.EVIDENCE),
          Map.entry("ScanCorpus", FeatureStages.EVIDENCE),
          Map.entry("DrawEvidence", FeatureStages.EVIDENCE),
          Map.entry("CollectEvidence", FeatureStages.EVIDENCE),
          Map.entry("Probe", FeatureStages.PROBE),
          Map.entry("Explain", FeatureStages.EXPLAIN),
          Map.entry("WriteTexts", FeatureStages.WRITE),
          Map.entry("ActivateTexts", FeatureStages.ACTIVATE),
          Map.entry("RateSamples", FeatureStages.RATE),
          Map.entry("SteerFeature", FeatureStages.STEER),
          Map.entry("RateSteered", FeatureStages.RATE_STEERED),
          Map.entry("Score", FeatureStages.EVALUATE));

  /** The scope of an activity of this type with these arguments. */
  public static ActivityScope of(String activityType, Object... arguments) {
    String stage = STAGES.getOrDefault(activityType, OTHER);
    Object first = arguments.length == 0 ? "" : arguments[0];
    if (first instanceof PruneBatch batch) {
      return new ActivityScope(batch.campaignId(), stage, batch.unit());
    }
    if (first instanceof TrainPart part) {
      return new ActivityScope(part.campaignId(), stage, part.unit());
    }
    if (first instanceof HostRequest host) {
      return new ActivityScope(host.campaignId(), stage, "");
    }
    if (first instanceof CorpusShard shard) {
      return new ActivityScope(shard.campaignId(), stage, shard.unit());
    }
    if (first instanceof CircuitShard shard) {
      return new ActivityScope(shard.batch().campaignId(), stage, shard.batch().unit());
    }
    if (first instanceof FeatureShard shard) {
      return new ActivityScope(shard.campaignId(), stage, shard.unit());
    }
    if (first instanceof FeatureUnit feature) {
      return new ActivityScope(feature.campaignId(), stage, feature.unit());
    }
    if (first instanceof TaskRef task) {
      return new ActivityScope(task.campaignId(), stage, task.task());
    }
    if (first instanceof UnitFailure failure) {
      return new ActivityScope(failure.campaignId(), stage, failure.unit());
    }
    return new ActivityScope(first instanceof String campaign ? campaign : "", stage, "");
  }

  /** For a line of text: {@code [CAMPAIGN STAGE UNIT] }, without what is empty. */
  String bracketed() {
    return Stream.of(campaign, stage, unit)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" ", "[", "] "));
  }

  /** Whether this program has activities of this type. */
  static boolean knows(String activityType) {
    return STAGES.containsKey(activityType);
  }
}
