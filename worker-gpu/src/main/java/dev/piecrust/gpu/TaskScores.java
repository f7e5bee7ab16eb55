package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.store.campaign.UnitRow;
import dev.piecrust.store.campaign.UnitStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The scores and keep sets of a whole task, read unit by unit from their artifacts. */
final class TaskScores {
  /**
   * One batch's artifacts.
   *
   * @param from its first prompt
   * @param to behind its last prompt
   * @param chosen present where the spec has methods that choose
   */
  record Unit(int from, int to, ArtifactRef scores, Optional<ArtifactRef> chosen) {
    List<ArtifactRef> artifacts() {
      return Stream.concat(Stream.of(scores), chosen.stream()).toList();
    }
  }

  /** A prompt with all that its methods found. */
  record Prompt(ScoredPrompt scored, ChosenPrompt chosen) {}

  private final ScoresArtifact scores;
  private final SelectionsArtifact selections;
  private final List<Unit> units;

  /**
   * @param task the whole task, or any part of it
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
              int[] range = range(unit);
              if (range[0] >= task.from()
                  && range[1] <= task.to()
                  && (!choosing || own.isPresent())) {
                units.add(new Unit(range[0], range[1], scored, choosing ? own : Optional.empty()));
              }
            });
  }

  /** The inverse of {@link PruneBatch#unit}. */
  private static int[] range(String unit) {
    return Arrays.stream(unit.substring(unit.lastIndexOf('/') + 1).split("-", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
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
    return units.stream().flatMap(unit -> unit.artifacts().stream()).toList();
  }

  /** The batches that have all their scores and keep sets, in order. */
  List<Unit> units() {
    return List.copyOf(units);
  }

  /** Hands over every prompt that has all its scores and keep sets, in order. */
  void forEach(Consumer<Prompt> work) {
    units.forEach(unit -> prompts(unit).forEach(work));
  }

  /** The prompts of a batch that have all their scores and keep sets, in order. */
  List<Prompt> prompts(Unit unit) {
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
}
