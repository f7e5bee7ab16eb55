package dev.piecrust.report.analysis;

import java.util.Optional;

/**
 * The budget that {@code other} needs for what {@code method} does at {@code budget}
 * (docs/method.md §6).
 *
 * @param at the budget at which the mean {@code kl_last} of {@code other} equals that of {@code
 *     method}
 * @param low lower end of its 95 % interval, by paired bootstrap over prompts; absent below two
 *     prompts
 * @param high its upper end
 */
public record EffectiveBudget(
    String method,
    int budget,
    String other,
    BudgetEstimate at,
    Optional<BudgetEstimate> low,
    Optional<BudgetEstimate> high) {}
