package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.KeptBy;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The three units of one batch of prompts, each of which finds what the one before it left. */
final class BatchUnits {
  private final LoadedCampaign campaign;
  private final PruneSpec spec;
  private final PruneArtifacts artifacts;
  private final PruneBatch batch;
  private final Pulse pulse;

  BatchUnits(LoadedCampaign campaign, PruneBatch batch, Pulse pulse) {
    this.campaign = campaign;
    this.spec = campaign.spec().prune();
    this.artifacts = campaign.artifacts();
    this.batch = batch;
    this.pulse = pulse;
  }

  BatchSummary score() {
    List<TokenizedPair> pairs = pairs();
    return campaign
        .work()
        .run(
            batch,
            "score " + batch.task(),
            campaign.keys().score(pairs, batch.from()),
            () -> {
              ScoredBatch scored =
                  new ScoreStage(campaign.subject(), spec, campaign.manager(), campaign.open())
                      .score(pairs, batch.from(), pulse);
              return new UnitWork.Computed(artifacts.scores().write(scored), scored.failures());
            });
  }

  /** Whether there are keep sets to choose that need {@link #rerank}. */
  boolean chooses() {
    return campaign.chooses();
  }

  BatchSummary rerank() {
    ArtifactRef scores = result("score ");
    return campaign
        .work()
        .run(
            batch,
            "rerank " + batch.task(),
            campaign.keys().rerank(scores),
            () -> {
              ScoredBatch scored = artifacts.scores().read(scores);
              PromptLoop.Result<ChosenPrompt> chosen =
                  new RerankStage(campaign.loop(), spec)
                      .choose(pairs(), batch.from(), scored.prompts(), pulse);
              return new UnitWork.Computed(
                  artifacts.selections().write(chosen.results()),
                  with(scored.failures(), chosen.failures()));
            });
  }

  BatchSummary fidelity() {
    ArtifactRef scores = result("score ");
    Optional<ArtifactRef> chosen =
        campaign.chooses() ? Optional.of(result("rerank ")) : Optional.empty();
    List<ArtifactRef> inputs = new ArrayList<>(List.of(scores));
    chosen.ifPresent(inputs::add);
    BatchSummary summary =
        campaign
            .work()
            .run(
                batch,
                "fidelity " + batch.task(),
                campaign.keys().fidelity(inputs, batch.task()),
                () -> measure(scores, chosen));
    List<PromptOutcome> outcomes = artifacts.outcomes().read(summary.result());
    campaign.stores().results().put(batch.campaignId(), outcomes);
    KeptBy rule = campaign.spec().keptBy();
    campaign
        .stores()
        .keptPrompts()
        .put(batch.campaignId(), rule.method().label(), rule.budget(), outcomes);
    return summary;
  }

  private UnitWork.Computed measure(ArtifactRef scores, Optional<ArtifactRef> chosen) {
    ScoredBatch scored = artifacts.scores().read(scores);
    Map<Integer, ChosenPrompt> selections =
        chosen.map(artifacts.selections()::read).orElse(Map.of());
    List<ScoredPrompt> prompts =
        scored.prompts().stream()
            .filter(p -> chosen.isEmpty() || selections.containsKey(p.index()))
            .toList();
    PromptLoop.Result<List<PromptOutcome>> result =
        new FidelityStage(campaign.loop(), spec)
            .check(batch.task(), pairs(), batch.from(), prompts, selections, pulse);
    return new UnitWork.Computed(
        artifacts.outcomes().write(result.results().stream().flatMap(List::stream).toList()),
        with(missing(prompts), result.failures()));
  }

  /** Prompts that an earlier unit could not do, with the reason that it recorded. */
  private Map<Integer, String> missing(List<ScoredPrompt> prompts) {
    Map<Integer, String> missing = new java.util.TreeMap<>();
    for (int i = batch.from(); i < batch.to(); i++) {
      missing.put(i, "an earlier stage failed");
    }
    prompts.forEach(p -> missing.remove(p.index()));
    campaign
        .stores()
        .results()
        .failures(batch.campaignId())
        .forEach(
            f -> {
              if (f.task().equals(batch.task()) && missing.containsKey(f.index())) {
                missing.put(f.index(), f.reason());
              }
            });
    return missing;
  }

  private static Map<Integer, String> with(
      Map<Integer, String> earlier, Map<Integer, String> later) {
    Map<Integer, String> all = new java.util.TreeMap<>(earlier);
    all.putAll(later);
    return all;
  }

  private List<TokenizedPair> pairs() {
    return artifacts.pairs().read(batch, campaign.subject().model().tokenizer());
  }

  private ArtifactRef result(String stage) {
    return campaign
        .work()
        .result(batch, stage + batch.task())
        .orElseThrow(() -> new IllegalStateException(stage + batch.unit() + " has not been done"));
  }
}
