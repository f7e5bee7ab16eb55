package dev.piecrust.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Asks for a higher budget.
 *
 * @param usd the new cap, as people write it
 * @param who asks, for the campaign's events
 */
@Schema(requiredProperties = {"usd"})
public record BudgetRequest(String usd, String who) {}
