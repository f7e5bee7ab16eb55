package dev.piecrust.api;

/**
 * Asks for a higher budget.
 *
 * @param usd the new cap, as people write it
 * @param who asks, for the campaign's events
 */
public record BudgetRequest(String usd, String who) {}
