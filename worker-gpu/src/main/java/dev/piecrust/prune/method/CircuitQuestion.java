package dev.piecrust.prune.method;

import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.Beat;
import dev.piecrust.prune.Effect;
import dev.piecrust.prune.FeatureOccurrences;
import dev.piecrust.prune.OccurrenceSet;
import dev.piecrust.prune.PromptRun;
import dev.piecrust.prune.Share;
import dev.piecrust.prune.Variants;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What {@link CircuitSwap} or {@link CircuitGreedy} has to know before it can go on. Each prompt
 * answers it by itself, so that batches of them may do so anywhere and in any order.
 *
 * @param measure what is asked of each trial
 * @param prompts of the task, which decide how they are dealt out
 * @param shares that are asked
 * @param trials what is tried on each prompt
 */
public record CircuitQuestion(
    Measure measure, int prompts, List<Share> shares, List<Trial> trials) {
  /** What can be asked. */
  public enum Measure {
    /** The objective of a circuit, followed by those of its changes. */
    OBJECTIVES,
    /** What the return of each occurrence does to the KL beside a circuit. */
    RETURNS
  }

  public CircuitQuestion {
    shares = List.copyOf(shares);
    trials = List.copyOf(trials);
  }

  /** A circuit and changes of it, each by itself. */
  public record Trial(List<FeatureId> circuit, List<Change> changes) {
    public Trial {
      circuit = List.copyOf(circuit);
      changes = List.copyOf(changes);
    }
  }

  /** Features that leave a circuit and features that enter it. */
  public record Change(List<FeatureId> dropped, List<FeatureId> added) {
    public Change {
      dropped = List.copyOf(dropped);
      added = List.copyOf(added);
    }
  }

  /** The answer of a prompt: what is asked of each trial, one after the other. */
  public List<Double> answer(PromptRun run, SwapSpec settings, Beat beat) {
    FeatureOccurrences places = new FeatureOccurrences(run.occurrences());
    List<Double> answer = new ArrayList<>();
    for (Trial trial : trials) {
      beat.at("circuit of %d on prompt %d".formatted(trial.circuit().size(), run.prompt()));
      switch (measure) {
        case OBJECTIVES -> answer.addAll(objectives(trial, run, places, settings, beat));
        case RETURNS -> {
          for (float effect : CircuitGreedy.effects(run, places.of(trial.circuit()))) {
            answer.add(Double.valueOf(Float.toString(effect))); // with no more digits than it has
          }
        }
      }
    }
    return answer;
  }

  private static List<Double> objectives(
      Trial trial, PromptRun run, FeatureOccurrences places, SwapSpec settings, Beat beat) {
    try (Variants context = Variants.keeping(run, places.of(trial.circuit()))) {
      List<Effect> effects = new ArrayList<>(List.of(context.base()));
      if (!trial.changes().isEmpty()) {
        effects.addAll(context.measure(changes(trial, run, places), beat));
      }
      ToDoubleFunction<Effect> objective = Objective.of(settings, run);
      return effects.stream().map(objective::applyAsDouble).toList();
    }
  }

  private static List<OccurrenceSet> changes(
      Trial trial, PromptRun run, FeatureOccurrences places) {
    return trial.changes().stream()
        .map(
            change ->
                OccurrenceSet.change(
                    run.prompt(), places.of(change.dropped()), places.of(change.added())))
        .toList();
  }
}
