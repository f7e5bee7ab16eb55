package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    TaskScores scores =
        new TaskScores(
            campaign.stores().units(),
            artifacts.scores(),
            artifacts.selections(),
            batch,
            campaign.chooses());
    pulse.check("features of " + batch.task());
    CircuitStage stage = new CircuitStage(spec, batch.task(), batch.to(), scores);
    campaign
        .work()
        .run(
            batch,
            "features " + batch.task(),
            key("features", scores),
            () -> new UnitWork.Computed(artifacts.features().write(stage.features()), Map.of()));
    return campaign
        .work()
        .run(
            batch,
            "circuits " + batch.task(),
            key(spec.curve() ? "circuits and rankings" : "circuits", scores),
            () ->
                new UnitWork.Computed(
                    artifacts.circuits().write(circuits(stage, scores)), Map.of()));
  }

  private List<Circuit> circuits(CircuitStage stage, TaskScores scores) {
    if (!stage.hasHeldOut()) {
      return List.of();
    }
    List<Circuit> circuits = new ArrayList<>(stage.ranked());
    if (spec.methods().contains(Method.CIRCUIT_SWAP)) {
      spec.budgets().forEach(n -> circuits.add(swapped(n, stage, scores)));
    }
    return circuits;
  }

  /** Each budget's swaps are a checkpoint of their own: they take the longest. */
  private Circuit swapped(int budget, CircuitStage stage, TaskScores scores) {
    String key = key("circuit-swap " + budget, scores);
    Optional<ArtifactRef> before =
        campaign
            .stores()
            .checkpoints()
            .find(
                key,
                artifacts.store(),
                batch.campaignId(),
                "circuit-swap %d of %s".formatted(budget, batch.task()));
    if (before.isPresent()) {
      return artifacts.circuits().read(before.get()).get(0);
    }
    List<TokenizedPair> pairs = pairs();
    Circuit circuit = stage.swapped(budget, scores.source(campaign.loop(), pairs), pulse);
    ArtifactRef ref = artifacts.circuits().write(List.of(circuit));
    campaign.stores().checkpoints().put(key, ref);
    return circuit;
  }

  private String key(String what, TaskScores scores) {
    return campaign.keys().task(what, scores.artifacts(), batch.task(), batch.to());
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
        new HashSet<>(CircuitStage.heldOut(spec, prompts, batch.from(), batch.to()));
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
