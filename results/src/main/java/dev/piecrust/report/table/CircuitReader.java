package dev.piecrust.report.table;

import dev.piecrust.activity.Stages;
import dev.piecrust.feature.Circuit;
import dev.piecrust.feature.FeatureStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads what was found over all prompts of a task: its circuits and the statistics of its features.
 * A campaign without held-out prompts has no circuits.
 */
public final class CircuitReader {
  private final StageReader stages;
  private final List<String> methods;

  /**
   * @param methods in the order of the tables
   */
  public CircuitReader(StageReader stages, List<String> methods) {
    this.stages = stages;
    this.methods = methods;
  }

  /** A task's circuits, by method, ranking and budget. */
  public List<Circuit> circuits(String task) throws IOException {
    List<Circuit> circuits = new ArrayList<>();
    stages.forEachUnit(Stages.circuits(task), Circuit.class, circuits::addAll);
    circuits.sort(
        Comparator.comparingInt((Circuit circuit) -> methods.indexOf(circuit.method()))
            .thenComparing(Circuit::ranking)
            .thenComparingInt(Circuit::budget));
    return circuits;
  }

  /** Receives values. */
  @FunctionalInterface
  public interface Sink<T> {
    void accept(T value) throws IOException;
  }

  /** Hands on the statistics of a task's features, by method and feature. */
  public void forEachFeature(String task, Sink<FeatureStats> sink) throws IOException {
    Comparator<FeatureStats> order =
        Comparator.comparingInt((FeatureStats stats) -> methods.indexOf(stats.method()))
            .thenComparing(FeatureStats::feature);
    stages.forEachUnit(
        Stages.features(task),
        FeatureStats.class,
        unit -> {
          for (FeatureStats stats : unit.stream().sorted(order).toList()) {
            sink.accept(stats);
          }
        });
  }
}
