package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.PromptSource;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.store.campaign.UnitStore;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The scores and keep sets of a whole task, read unit by unit from their artifacts. */
final class TaskScores {
  /**
   * One batch's artifacts.
   *
   * @param chosen present where the spec has methods that choose
   */
  private record Unit(ArtifactRef scores, Optional<ArtifactRef> chosen) {}

  /** A prompt with all that its methods found. */
  record Prompt(ScoredPrompt scored, ChosenPrompt chosen) {}

  private final ScoresArtifact scores;
  private final SelectionsArtifact selections;
  private final List<Unit> units;

  /**
   * @param task the whole task
   * @param choosing whether the spec has methods that choose; then a batch counts only once their
   *     keep sets are there
   */
  TaskScores(
      UnitStore store,
      ScoresArtifact scores,
      SelectionsArtifact selections,
      PruneBatch task,
      boolean choosing) {
    this.scores = scores;
    this.selections = selections;
    this.units = new ArrayList<>();
    Map<String, ArtifactRef> chosen = results(store, task, "rerank ");
    results(store, task, "score ")
        .forEach(
            (unit, scored) -> {
              Optional<ArtifactRef> own = Optional.ofNullable(chosen.get(unit));
              if (!choosing || own.isPresent()) {
                units.add(new Unit(scored, choosing ? own : Optional.empty()));
              }
            });
  }

  /** By the name of the unit, in order. */
  private static SortedMap<String, ArtifactRef> results(
      UnitStore store, PruneBatch task, String prefix) {
    SortedMap<String, ArtifactRef> results = new TreeMap<>();
    for (UnitRow row : store.ofStage(task.campaignId(), prefix + task.task())) {
      row.result().ifPresent(ref -> results.put(row.unit(), ref));
    }
    return results;
  }

  /** All artifacts, in the order of the prompts. */
  List<ArtifactRef> artifacts() {
    List<ArtifactRef> all = new ArrayList<>();
    for (Unit unit : units) {
      all.add(unit.scores());
      unit.chosen().ifPresent(all::add);
    }
    return all;
  }

  /** Hands over every prompt that has all its scores and keep sets, in order. */
  void forEach(Consumer<Prompt> work) {
    units.forEach(unit -> prompts(unit).forEach(work));
  }

  private List<Prompt> prompts(Unit unit) {
    Map<Integer, ChosenPrompt> chosen = unit.chosen().map(selections::read).orElse(Map.of());
    List<Prompt> prompts = new ArrayList<>();
    for (ScoredPrompt scored : scores.read(unit.scores()).prompts()) {
      ChosenPrompt own = chosen.get(scored.index());
      if (own != null || unit.chosen().isEmpty()) {
        prompts.add(
            new Prompt(scored, own == null ? new ChosenPrompt(scored.index(), Map.of()) : own));
      }
    }
    return prompts;
  }

  /**
   * Runs of the task's prompts, batch by batch.
   *
   * @param pairs of the whole task
   */
  PromptSource source(PromptLoop loop, List<TokenizedPair> pairs) {
    return (wanted, work) -> {
      Set<Integer> left = new HashSet<>(wanted);
      for (Unit unit : units) {
        List<ScoredPrompt> own =
            scores.read(unit.scores()).prompts().stream()
                .filter(p -> left.contains(p.index()))
                .toList();
        work(loop, pairs, own, work);
      }
    };
  }

  private static void work(
      PromptLoop loop,
      List<TokenizedPair> pairs,
      List<ScoredPrompt> prompts,
      BiConsumer<Integer, PromptRun> work) {
    PromptLoop.Result<Boolean> result =
        loop.run(
            pairs,
            0,
            prompts,
            (run, pair, prompt) -> {
              work.accept(prompt.index(), run);
              return true;
            });
    result
        .failures()
        .forEach(
            (index, reason) -> {
              throw PieCrustException.numeric("prompt %d: %s", index, reason);
            });
  }
}
