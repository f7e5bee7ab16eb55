package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.prune.Share;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The units that look at a task as a whole: its features, its circuits, and how those do. */
final class TaskUnits {
  private final LoadedCampaign campaign;
  private final PruneSpec spec;
  private final PruneArtifacts artifacts;
  private final PruneBatch batch;
  private final Pulse pulse;

  TaskUnits(LoadedCampaign campaign, PruneBatch batch, Pulse pulse) {
    this.campaign = campaign;
    this.spec = campaign.spec().prune();
    this.artifacts = campaign.artifacts();
    this.batch = batch;
    this.pulse = pulse;
  }

  /** Two units from one look at all scores: feature statistics, and circuits. */
  BatchSummary circuits() {
    TaskScores scores = scores();
    Supplier<CircuitStage> stage = stage(scores);
    features(scores, stage);
    return campaign
        .work()
        .run(
            batch,
            "circuits " + batch.task(),
            circuitsKey(scores),
            () ->
                new UnitWork.Computed(
                    artifacts.circuits().write(circuits(stage, scores)), Map.of()));
  }

  /** What {@link #circuits} would have to measure. */
  CircuitQuestions questions() {
    TaskScores scores = scores();
    Supplier<CircuitStage> stage = stage(scores);
    features(scores, stage);
    return campaign.stores().checkpoints().find(circuitsKey(scores)).isPresent()
        ? new CircuitQuestions(List.of())
        : new AskedCircuits(campaign, batch, scores, pulse, false).open(stage);
  }

  /** Measures a part of that, on this batch. */
  void measure(CircuitShard shard) {
    new CircuitAnswers(campaign, batch, scores(), pulse, true).measure(shard);
  }

  private TaskScores scores() {
    return new TaskScores(
        campaign.stores().units(),
        artifacts.scores(),
        artifacts.selections(),
        batch,
        campaign.chooses());
  }

  /** Reads all scores at the first look. */
  private Supplier<CircuitStage> stage(TaskScores scores) {
    List<CircuitStage> looked = new ArrayList<>();
    return () -> {
      if (looked.isEmpty()) {
        pulse.check("features of " + batch.task());
        looked.add(new CircuitStage(spec, batch.task(), batch.to(), scores));
      }
      return looked.get(0);
    };
  }

  private void features(TaskScores scores, Supplier<CircuitStage> stage) {
    BatchSummary unused =
        campaign
            .work()
            .run(
                batch,
                "features " + batch.task(),
                campaign.keys().task("features", scores.artifacts(), batch),
                () ->
                    new UnitWork.Computed(
                        artifacts.features().write(stage.get().features()), Map.of()));
  }

  private List<Circuit> circuits(Supplier<CircuitStage> stage, TaskScores scores) {
    if (!stage.get().hasHeldOut()) {
      return List.of();
    }
    List<Circuit> circuits = new ArrayList<>(stage.get().ranked());
    circuits.addAll(new AskedCircuits(campaign, batch, scores, pulse, true).circuits(stage));
    return circuits;
  }

  private String circuitsKey(TaskScores scores) {
    return campaign
        .keys()
        .task(spec.curve() ? "circuits and rankings" : "circuits", scores.artifacts(), batch);
  }

  /** The circuits on this batch's held-out prompts. */
  BatchSummary heldOut() {
    UnitRow row = circuitsUnit();
    ArtifactRef circuits = row.result().orElseThrow();
    ArtifactRef scores =
        campaign.work().result(batch, "score " + batch.task()).orElseThrow(this::notScored);
    Optional<ArtifactRef> chosen =
        spec.curve() && campaign.chooses()
            ? campaign.work().result(batch, "rerank " + batch.task())
            : Optional.empty();
    BatchSummary summary =
        campaign
            .work()
            .run(
                batch,
                "held-out " + batch.task(),
                campaign.keys().heldOut(circuits, scores, chosen),
                () -> measure(circuits, scores, chosen, row.done() + row.failed()));
    campaign
        .stores()
        .circuits()
        .put(batch.campaignId(), artifacts.circuitOutcomes().read(summary.result()));
    return summary;
  }

  private UnitWork.Computed measure(
      ArtifactRef circuits, ArtifactRef scores, Optional<ArtifactRef> chosen, int prompts) {
    Set<Integer> heldOut =
        new HashSet<>(
            CircuitStage.of(spec, prompts, batch.from(), batch.to(), List.of(Share.HELD_OUT)));
    List<ScoredPrompt> own =
        artifacts.scores().read(scores).prompts().stream()
            .filter(p -> heldOut.contains(p.index()))
            .toList();
    PromptLoop.Result<List<CircuitOutcome>> result =
        new HeldOutStage(
                campaign.loop(),
                spec,
                artifacts.circuits().read(circuits),
                chosen.map(artifacts.selections()::read).orElse(Map.of()))
            .check(pairs(), batch.from(), own, pulse);
    return new UnitWork.Computed(
        artifacts.circuitOutcomes().write(result.results().stream().flatMap(List::stream).toList()),
        result.failures());
  }

  /** The unit of the whole task, whose size is the task's number of prompts. */
  private UnitRow circuitsUnit() {
    String stage = "circuits " + batch.task();
    return campaign.stores().units().ofStage(batch.campaignId(), stage).stream()
        .filter(row -> row.result().isPresent())
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("the circuits of " + batch.task() + " are missing"));
  }

  private IllegalStateException notScored() {
    return new IllegalStateException(batch.unit() + " is not scored");
  }

  private List<TokenizedPair> pairs() {
    return artifacts.pairs().read(batch, campaign.subject().model().tokenizer());
  }
}
