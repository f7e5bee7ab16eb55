package dev.piecrust.report.table;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.TaskAccuracy;
import dev.piecrust.report.analysis.Analysis;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.Ratios;
import dev.piecrust.report.analysis.Reference;
import dev.piecrust.report.meaning.FeatureTable;
import java.util.List;
import java.util.Optional;

/**
 * What came out of a campaign so far (docs/method.md §6).
 *
 * @param tasks in the order of the spec
 * @param features what they mean; absent for a campaign that only prunes
 * @param failures prompts and features without a result
 */
public record ResultTable(
    String campaign,
    CampaignState state,
    List<TaskTable> tasks,
    Optional<FeatureTable> features,
    List<Failure> failures) {
  public ResultTable {
    tasks = List.copyOf(tasks);
    failures = List.copyOf(failures);
  }

  /**
   * One task's results.
   *
   * @param prompts how many prompts have a result
   * @param budgets of the spec, ascending
   * @param rows by method, in the order of the spec, and then by budget
   * @param analysis what the rows say when they are set beside each other
   * @param accuracy of the untouched model; absent where it was not measured
   * @param paper the paper's figures of this task and subject, if it has any
   */
  public record TaskTable(
      String task,
      int prompts,
      List<Integer> budgets,
      List<Row> rows,
      Analysis analysis,
      Optional<TaskAccuracy> accuracy,
      List<Reference> paper) {
    public TaskTable {
      budgets = List.copyOf(budgets);
      rows = List.copyOf(rows);
      paper = List.copyOf(paper);
    }
  }

  /**
   * One method at one budget.
   *
   * @param klLast in nats
   * @param klAll in nats
   * @param predChanged share of prompts whose prediction changed
   * @param faithfulness mean of the prompts' ratios, as {@code completeness}
   * @param ratios the same as ratios of means
   * @param best whether no method has a lower mean {@code klLast} at this budget of the spec
   */
  public record Row(
      String method,
      int budget,
      Estimate klLast,
      Estimate klAll,
      Estimate predChanged,
      Estimate faithfulness,
      Estimate completeness,
      Ratios ratios,
      boolean best) {}

  /**
   * What has no result.
   *
   * @param what the prompt or the unit, such as {@code prompt 3}
   * @param prompts how many prompts lack their result; 0 where only what follows it is missing
   */
  public record Failure(String task, String what, int prompts, String reason) {}

  /** How many prompts have no result. */
  public int failedPrompts() {
    return failures.stream().mapToInt(Failure::prompts).sum();
  }
}
