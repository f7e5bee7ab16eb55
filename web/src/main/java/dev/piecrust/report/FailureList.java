package dev.piecrust.report;

import dev.piecrust.report.ResultTable.Failure;
import dev.piecrust.store.Stores;
import dev.piecrust.store.UnitRow;
import dev.piecrust.workflow.prune.Stages;
import java.util.ArrayList;
import java.util.List;

/** Finds the prompts without a result: single ones, and those of parked units. */
final class FailureList {
  private FailureList() {}

  static List<Failure> of(Stores stores, String campaignId, String task) {
    List<Failure> failures = new ArrayList<>();
    stores.results().failures(campaignId).stream()
        .filter(failure -> failure.task().equals(task))
        .map(failure -> new Failure(task, "prompt " + failure.index(), 1, failure.reason()))
        .forEach(failures::add);
    String stage = Stages.fidelity(task);
    stores.units().units(campaignId, stage).stream()
        .filter(unit -> unit.stage().equals(stage) && unit.state() == UnitRow.State.PARKED)
        .map(unit -> parked(task, unit))
        .forEach(failures::add);
    return failures;
  }

  private static Failure parked(String task, UnitRow unit) {
    String prompts = unit.unit().substring(unit.unit().lastIndexOf('/') + 1);
    return new Failure(
        task, "prompts " + prompts, unit.failed(), unit.reason().orElse("no reason recorded"));
  }
}
