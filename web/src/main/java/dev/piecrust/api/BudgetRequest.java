package dev.piecrust.api;

import dev.piecrust.control.Usd;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a higher budget.
 *
 * @param usd the new cap, as people write it
 * @param who asks, for the campaign's events
 */
@Schema(requiredProperties = {"usd"})
public record BudgetRequest(@Schema(pattern = Usd.AMOUNT) String usd, @Nullable String who) {}
