package dev.piecrust.report.table;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.Stages;
import dev.piecrust.report.table.ResultTable.Failure;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.UnitRow;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what has no result: single prompts, those of parked units, and units that come after the
 * prompts' own results.
 */
final class FailureList {
  private FailureList() {}

  static List<Failure> of(Stores stores, String campaignId, String task) {
    List<Failure> failures = new ArrayList<>();
    stores.results().failures(campaignId).stream()
        .filter(failure -> failure.task().equals(task))
        .map(failure -> new Failure(task, "prompt " + failure.index(), 1, failure.reason()))
        .forEach(failures::add);
    for (UnitRow unit : stores.units().parked(campaignId, Stages.fidelity(task))) {
      failures.add(new Failure(task, "prompts " + range(unit), unit.failed(), reason(unit)));
    }
    for (String stage :
        List.of(Stages.features(task), Stages.circuits(task), Stages.heldOut(task))) {
      for (UnitRow unit : stores.units().parked(campaignId, stage)) {
        failures.add(
            new Failure(
                task, "stage '%s' of prompts %s".formatted(stage, range(unit)), 0, reason(unit)));
      }
    }
    return failures;
  }

  /** Features without evidence, a description or an evaluation. */
  static List<Failure> ofFeatures(Stores stores, String campaignId) {
    List<Failure> failures = new ArrayList<>();
    for (String stage : FeatureStages.SHOWN) {
      for (UnitRow unit : stores.units().parked(campaignId, stage)) {
        failures.add(new Failure(stage, "feature " + unit.unit(), 0, reason(unit)));
      }
    }
    return failures;
  }

  private static String range(UnitRow unit) {
    return unit.unit().substring(unit.unit().lastIndexOf('/') + 1);
  }

  private static String reason(UnitRow unit) {
    return unit.reason().orElse("no reason recorded");
  }
}
