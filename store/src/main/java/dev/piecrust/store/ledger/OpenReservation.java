package dev.piecrust.store.ledger;

import java.math.BigDecimal;

/**
 * What calls under way may cost at worst.
 *
 * @param usd of all such calls; 0 where no price is known
 */
public record OpenReservation(String provider, String model, String stage, BigDecimal usd) {}
