package dev.piecrust.control;

import static java.util.Comparator.comparing;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.store.Stores;
import dev.piecrust.store.UnitRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Chooses the features that are explained: the union over tasks of what a method keeps. */
final class FeatureSelection {
  private static final String STAGE = "features ";

  private final Stores stores;
  private final JsonLines<FeatureStats> stats;

  FeatureSelection(Stores stores, ArtifactStore artifacts) {
    this.stores = stores;
    this.stats = new JsonLines<>(artifacts, FeatureStats.class);
  }

  /** Chooses and records; returns how many. */
  int select(String campaignId) {
    FeatureRule rule = stores.campaigns().spec(campaignId).interpreting().features();
    Map<FeatureId, Candidate> candidates = new TreeMap<>();
    statistics(campaignId)
        .filter(row -> row.method().equals(rule.method().label()))
        .filter(row -> row.kept().getOrDefault(rule.budget(), 0) > 0)
        .forEach(
            row ->
                candidates.computeIfAbsent(row.feature(), Candidate::new).add(row, rule.budget()));
    List<Candidate> chosen =
        candidates.values().stream()
            .filter(candidate -> candidate.kept >= rule.minKept())
            .sorted(
                comparing((Candidate candidate) -> -candidate.kept)
                    .thenComparing(candidate -> -candidate.meanAbsScore())
                    .thenComparing(candidate -> candidate.feature))
            .limit(rule.atMost())
            .toList();
    List<SelectedFeature> selected = new ArrayList<>();
    chosen.forEach(candidate -> selected.add(candidate.selected(selected.size())));
    stores.features().select(campaignId, selected);
    return selected.size();
  }

  private Stream<FeatureStats> statistics(String campaignId) {
    return stores.units().units(campaignId, STAGE).stream()
        .map(UnitRow::result)
        .flatMap(result -> result.stream())
        .flatMap(ref -> stats.read(ref).stream());
  }

  /** One feature over all tasks. */
  private static final class Candidate {
    private final FeatureId feature;
    private final List<String> tasks = new ArrayList<>();
    private int kept;
    private int seen;
    private double absScores;

    Candidate(FeatureId feature) {
      this.feature = feature;
    }

    void add(FeatureStats row, int budget) {
      tasks.add(row.task());
      kept += row.kept().getOrDefault(budget, 0);
      seen += row.seen();
      absScores += row.meanAbsScore() * row.seen();
    }

    double meanAbsScore() {
      return absScores / seen;
    }

    SelectedFeature selected(int ordinal) {
      return new SelectedFeature(ordinal, feature, kept, meanAbsScore(), tasks);
    }
  }
}
