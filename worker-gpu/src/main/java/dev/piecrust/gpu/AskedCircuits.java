package dev.piecrust.gpu;

import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.prune.Share;
import dev.piecrust.prune.method.CircuitGreedy;
import dev.piecrust.prune.method.CircuitSwap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * {@code circuit-swap} and {@code circuit-greedy} of a task, whose choice goes on where the last
 * question is answered. What has been chosen so far is a checkpoint: whoever measured what, the
 * circuits are the same.
 */
final class AskedCircuits {
  /**
   * Where choices begin.
   *
   * @param starts rankings, best first, as long as the largest budget; none where there is no
   *     held-out prompt to judge circuits on
   * @param candidates that may enter, best first, as many as any round may look at
   */
  record Start(List<List<FeatureId>> starts, List<FeatureId> candidates) {}

  private final LoadedCampaign campaign;
  private final PruneSpec spec;
  private final PruneBatch task;
  private final TaskScores scores;
  private final CircuitAnswers answers;
  private final JsonLines<Start> starts;
  private final JsonLines<FeatureId> features;

  /**
   * @param task the whole task
   * @param measures whether what nobody has answered is measured at once
   */
  AskedCircuits(
      LoadedCampaign campaign, PruneBatch task, TaskScores scores, Pulse pulse, boolean measures) {
    this.campaign = campaign;
    this.spec = campaign.spec().prune();
    this.task = task;
    this.scores = scores;
    this.answers = new CircuitAnswers(campaign, task, scores, pulse, measures);
    this.starts = new JsonLines<>(campaign.artifacts().store(), Start.class);
    this.features = new JsonLines<>(campaign.artifacts().store(), FeatureId.class);
  }

  /** The circuits of both methods at all budgets. */
  List<Circuit> circuits(Supplier<CircuitStage> stage) {
    List<Circuit> circuits = new ArrayList<>();
    if (spec.methods().contains(Method.CIRCUIT_SWAP)) {
      Start start = start(stage);
      spec.budgets().forEach(budget -> circuits.add(swapped(budget, start)));
    }
    if (spec.methods().contains(Method.CIRCUIT_GREEDY)) {
      circuits.addAll(grown());
    }
    return circuits;
  }

  /** What has to be measured first; nothing is, here. */
  CircuitQuestions open(Supplier<CircuitStage> stage) {
    List<CircuitQuestions.Open> open = new ArrayList<>();
    Start start = start(stage);
    if (start.starts().isEmpty()) {
      return new CircuitQuestions(open);
    }
    if (spec.methods().contains(Method.CIRCUIT_SWAP)) {
      spec.budgets().forEach(budget -> ask(() -> List.of(swapped(budget, start)), open));
    }
    if (spec.methods().contains(Method.CIRCUIT_GREEDY)) {
      ask(this::grown, open);
    }
    return new CircuitQuestions(open);
  }

  private static void ask(Supplier<List<Circuit>> choice, List<CircuitQuestions.Open> open) {
    try {
      List<Circuit> unused = choice.get();
    } catch (CircuitAnswers.Unanswered e) {
      open.add(e.open());
    }
  }

  private Start start(Supplier<CircuitStage> stage) {
    return starts
        .read(
            answers.checkpoint(
                key("circuit starts"),
                "where circuits start",
                () -> starts.write(List.of(stage.get().start()))))
        .get(0);
  }

  private String key(String what) {
    return campaign.keys().task(what, scores.artifacts(), task);
  }

  private Circuit swapped(int budget, Start start) {
    String what = "circuit-swap %d".formatted(budget);
    return campaign
        .artifacts()
        .circuits()
        .read(
            answers.checkpoint(
                key(what),
                what,
                () -> campaign.artifacts().circuits().write(List.of(swap(budget, start)))))
        .get(0);
  }

  private Circuit swap(int budget, Start start) {
    CircuitSwap swap =
        new CircuitSwap(spec.settings().swap(), Share.deal(task.to(), spec.heldOut()), answers::to);
    List<List<FeatureId>> sized =
        start.starts().stream().map(s -> s.subList(0, Math.min(budget, s.size()))).toList();
    return circuit(
        Method.CIRCUIT_SWAP, CircuitStage.SWAP, budget, swap.improve(sized, start.candidates()));
  }

  /** Each budget's circuit goes on from the one before. */
  private List<Circuit> grown() {
    CircuitGreedy greedy = new CircuitGreedy(this::bestBeside);
    List<Circuit> circuits = new ArrayList<>();
    List<FeatureId> grown = List.of();
    for (int budget : spec.budgets()) {
      grown = greedy.grown(grown, budget);
      circuits.add(circuit(Method.CIRCUIT_GREEDY, CircuitStage.GREEDY, budget, grown));
    }
    return circuits;
  }

  private List<FeatureId> bestBeside(List<FeatureId> circuit) {
    return features.read(
        answers.checkpoint(
            key("circuit-greedy beside " + circuit),
            "circuit-greedy from %d features".formatted(circuit.size()),
            () -> features.write(measuredBeside(circuit))));
  }

  private List<FeatureId> measuredBeside(List<FeatureId> circuit) {
    CircuitGreedy.Sum sum = new CircuitGreedy.Sum(circuit);
    answers.forEach(
        CircuitGreedy.question(circuit, task.to()), (unit, answered) -> add(unit, answered, sum));
    List<FeatureId> best = sum.bestFirst();
    return best.subList(0, Math.min(best.size(), Collections.max(spec.budgets()) + 1));
  }

  private void add(
      TaskScores.Unit unit, SortedMap<Integer, List<Double>> answered, CircuitGreedy.Sum sum) {
    for (TaskScores.Prompt prompt : scores.prompts(unit)) {
      List<Double> own = answered.get(prompt.scored().index());
      if (own != null) {
        sum.add(prompt.scored().occurrences(), own);
      }
    }
  }

  private Circuit circuit(Method method, String ranking, int budget, List<FeatureId> features) {
    return new Circuit(task.task(), method.label(), ranking, budget, features);
  }
}
