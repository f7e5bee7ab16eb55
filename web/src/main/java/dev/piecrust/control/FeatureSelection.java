package dev.piecrust.control;

import static java.util.Comparator.comparing;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.FeatureStats;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.report.meaning.FeatureRanking;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Chooses the features that are explained, the union over tasks of what a method keeps, and records
 * what is known of them already.
 */
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
    InterpretSpec interpret = stores.campaigns().spec(campaignId).interpreting();
    FeatureRule rule = interpret.features();
    KnownDescriptions known = KnownDescriptions.of(interpret);
    Map<FeatureId, Candidate> candidates = new TreeMap<>();
    forEachStatistic(
        campaignId,
        row -> {
          if (row.method().equals(rule.method().label())
              && row.kept().getOrDefault(rule.budget(), 0) > 0) {
            candidates.computeIfAbsent(row.feature(), Candidate::new).add(row, rule.budget());
          }
        });
    List<Candidate> kept =
        candidates.values().stream()
            .filter(candidate -> candidate.kept >= rule.minKept())
            .sorted(order(campaignId, rule))
            .toList();
    List<Candidate> chosen =
        kept.stream()
            .filter(candidate -> known.admits(candidate.feature))
            .limit(rule.atMost())
            .toList();
    List<SelectedFeature> selected = new ArrayList<>();
    chosen.forEach(candidate -> selected.add(candidate.selected(selected.size())));
    stores.features().select(campaignId, selected);
    selected.stream()
        .flatMap(feature -> known.explanation(feature.feature()).stream())
        .forEach(explanation -> stores.features().explain(campaignId, explanation));
    known
        .match(kept.stream().map(candidate -> candidate.feature).toList(), selected.size())
        .ifPresent(match -> stores.campaigns().eventOnce(campaignId, "descriptions", match));
    return selected.size();
  }

  /** As the campaign's circuits say, and tells so. */
  private Comparator<Candidate> order(String campaignId, FeatureRule rule) {
    FeatureRanking.Choice choice =
        FeatureRanking.choose(
            stores.circuits().heldOut(campaignId, rule.budget()),
            rule.method().label(),
            rule.budget());
    stores.campaigns().eventOnce(campaignId, FeatureRanking.EVENT, choice.words());
    return comparing(
            (Candidate candidate) -> -choice.ranking().of(candidate.kept, candidate.absScores))
        .thenComparing(candidate -> -candidate.kept)
        .thenComparing(candidate -> -candidate.absScores)
        .thenComparing(candidate -> candidate.feature);
  }

  /** One at a time: every method's statistics of every feature are more than fit at once. */
  private void forEachStatistic(String campaignId, Consumer<FeatureStats> sink) {
    stores.units().units(campaignId, STAGE).stream()
        .map(UnitRow::result)
        .flatMap(Optional::stream)
        .forEach(ref -> stats.forEach(ref, sink));
  }

  /** One feature over all tasks. */
  private static final class Candidate {
    private final FeatureId feature;
    private final List<String> tasks = new ArrayList<>();
    private int kept;
    private int seen;
    private double absScores;
    private int mostKept;
    private Optional<Integer> position = Optional.empty();

    Candidate(FeatureId feature) {
      this.feature = feature;
    }

    void add(FeatureStats row, int budget) {
      tasks.add(row.task());
      int here = row.kept().getOrDefault(budget, 0);
      if (here > mostKept) {
        mostKept = here;
        position = row.positions().stream().findFirst();
      }
      kept += here;
      seen += row.seen();
      absScores += row.meanAbsScore() * row.seen();
    }

    double meanAbsScore() {
      return absScores / seen;
    }

    SelectedFeature selected(int ordinal) {
      return new SelectedFeature(ordinal, feature, kept, meanAbsScore(), tasks, position);
    }
  }
}
