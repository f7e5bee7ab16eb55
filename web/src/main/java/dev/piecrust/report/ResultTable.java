package dev.piecrust.report;

import dev.piecrust.campaign.CampaignState;
import java.util.List;

/**
 * What came out of a campaign so far (METHOD.md §6).
 *
 * @param tasks in the order of the spec
 * @param failures prompts without a result
 */
public record ResultTable(
    String campaign, CampaignState state, List<TaskTable> tasks, List<Failure> failures) {
  public ResultTable {
    tasks = List.copyOf(tasks);
    failures = List.copyOf(failures);
  }

  /**
   * One task's results.
   *
   * @param prompts how many prompts have a result
   * @param rows by method, in the order of the spec, and then by budget
   */
  public record TaskTable(String task, int prompts, List<Row> rows) {
    public TaskTable {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One method at one budget.
   *
   * @param klLast in nats
   * @param klAll in nats
   * @param predChanged share of prompts whose prediction changed
   * @param best whether no method has a lower mean {@code klLast} at this budget
   */
  public record Row(
      String method,
      int budget,
      Estimate klLast,
      Estimate klAll,
      Estimate predChanged,
      Estimate faithfulness,
      Estimate completeness,
      boolean best) {}

  /**
   * What has no result.
   *
   * @param what the prompt or the unit, such as {@code prompt 3}
   * @param prompts how many prompts it is
   */
  public record Failure(String task, String what, int prompts, String reason) {}

  /** How many prompts have no result. */
  public int failedPrompts() {
    return failures.stream().mapToInt(Failure::prompts).sum();
  }
}
