package dev.piecrust.view.left;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the stages of a campaign take, in seconds of the clock on the wall: the time between two
 * ends of units belongs to the stage of the second. So stages that take turns, and devices that
 * work side by side, add up to the time that passed.
 *
 * @param perThing seconds for a prompt, feature or step, by kind of stage; of evidence, in all
 * @param guessed kinds that few things have gone through
 */
public record StageCosts(Map<String, Double> perThing, Set<String> guessed) {
  /**
   * Those of a first campaign, whose later stages nothing is known of: the demo's, on two cores.
   * Only how they compare with each other counts, see {@link #or}.
   */
  private static final Map<String, Double> DEMO =
      Map.of(
          "score", 0.293,
          "rerank", 2.357,
          "fidelity", 0.767,
          "features", 0.376,
          "circuits", 0.01,
          "held-out", 0.355,
          "evidence", 158.9,
          "explain", 0.165,
          "evaluate", 0.765);

  /** A gap so many times as long as usual, and of so many seconds, is a pause or a loss. */
  private static final int PAUSE = 20;

  private static final double LONG = 600;

  /** Features are evaluated side by side, and those that take least time end first. */
  private static final int ENOUGH = 30;

  public StageCosts {
    perThing = Map.copyOf(perThing);
    guessed = Set.copyOf(guessed);
  }

  /** Costs of which each is known well. */
  StageCosts(Map<String, Double> perThing) {
    this(perThing, Set.of());
  }

  /** Of one kind of stages. */
  private static final class Kind {
    private final List<Double> gaps = new ArrayList<>();
    private long things;

    /** Long gaps count as usual ones, but for what takes its time at once. */
    double seconds(boolean atOnce) {
      List<Double> sorted = gaps.stream().sorted().toList();
      double usual = sorted.get(sorted.size() / 2);
      double most = atOnce ? Double.POSITIVE_INFINITY : Math.max(LONG, PAUSE * usual);
      return sorted.stream().mapToDouble(gap -> gap > most ? usual : gap).sum();
    }
  }

  /**
   * Measured on the units that ended.
   *
   * @param begin of the campaign; the first unit's time counts from there only where its stage has
   *     no other, since a model is loaded in it
   */
  public static StageCosts of(Instant begin, List<UnitEnd> ends) {
    Map<Instant, List<UnitEnd>> moments = new TreeMap<>();
    ends.forEach(end -> moments.computeIfAbsent(end.at(), at -> new ArrayList<>()).add(end));
    Map<String, Kind> kinds = new HashMap<>();
    Instant before = begin;
    Optional<UnitEnd> first = Optional.empty();
    for (Map.Entry<Instant, List<UnitEnd>> moment : moments.entrySet()) {
      double gap = Duration.between(before, moment.getKey()).toMillis() / 1000.0;
      before = moment.getKey();
      for (UnitEnd end : moment.getValue()) {
        Kind kind = kinds.computeIfAbsent(StageKinds.of(end.stage()), k -> new Kind());
        kind.gaps.add(gap / moment.getValue().size());
        kind.things += StageKinds.counted(end.stage()) ? end.things() : 0;
      }
      first = first.or(() -> Optional.of(moment.getValue().get(0)));
    }
    first.ifPresent(
        end ->
            Optional.ofNullable(kinds.get(StageKinds.of(end.stage())))
                .ifPresent(kind -> forgive(kind, end)));
    Map<String, Double> costs = new HashMap<>();
    Set<String> guessed = new HashSet<>();
    kinds.forEach(
        (kind, seen) -> {
          boolean atOnce = StageKinds.atOnce(kind);
          if (seen.things > 0) {
            costs.put(kind, seen.seconds(atOnce) / (atOnce ? 1 : seen.things));
          }
          if (StageKinds.asks(kind) && seen.things < ENOUGH) {
            guessed.add(kind);
          }
        });
    return new StageCosts(costs, guessed);
  }

  /** The first unit waits for the model, as no other does. */
  private static void forgive(Kind kind, UnitEnd first) {
    if (kind.things > first.things()) {
      kind.gaps.remove(0);
      kind.things -= first.things();
    }
  }

  /** The cost of a kind, where it is known. */
  public Optional<Double> of(String kind) {
    return Optional.ofNullable(perThing.get(kind));
  }

  /**
   * What stages usually take.
   *
   * @param baseline whether no language model is asked: how fast one answers is not known before
   */
  static StageCosts usual(boolean baseline) {
    Map<String, Double> known = new HashMap<>(DEMO);
    known.keySet().removeIf(kind -> StageKinds.asks(kind) && !baseline);
    return new StageCosts(known);
  }

  /** For each kind the higher of two costs: what was done before takes next to no time again. */
  StageCosts orMore(StageCosts other) {
    Map<String, Double> all = new HashMap<>(other.perThing);
    perThing.forEach((kind, cost) -> all.merge(kind, cost, Math::max));
    return new StageCosts(all);
  }

  /**
   * These costs, and for what has none yet, or is only guessed, those of another campaign on the
   * same subject at the pace of this one.
   *
   * @param paced whether the device sets the pace of descriptions too, and not a language model
   */
  public StageCosts or(StageCosts other, boolean paced) {
    double pace = pace(other);
    Map<String, Double> all = new HashMap<>(perThing);
    other.perThing.forEach(
        (kind, cost) -> {
          if (!perThing.containsKey(kind) || guessed.contains(kind)) {
            all.put(kind, StageKinds.asks(kind) && !paced ? cost : cost * pace);
          }
        });
    return new StageCosts(all);
  }

  /** How many times as long as another campaign's prompts take those of this one. */
  private double pace(StageCosts other) {
    double own = 0;
    double others = 0;
    for (String kind : StageKinds.PACE) {
      if (of(kind).isPresent() && other.of(kind).isPresent()) {
        own += perThing.getOrDefault(kind, 0.0);
        others += other.perThing.getOrDefault(kind, 0.0);
      }
    }
    return others > 0 ? own / others : 1;
  }
}
