package dev.piecrust.store.ledger;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a campaign's calls to language models cost so far, in USD.
 *
 * @param cap what they may cost; empty where nothing that costs may be called
 * @param spent settled at reported usage
 * @param reserved worst cases of calls that are under way or queued
 * @param unknown worst cases of calls that may have been charged: lost, or without reported usage
 * @param calls answered calls
 * @param unpriced those of them whose price nobody knows, so that they are in no amount
 * @param lost calls of which nobody knows whether they were charged
 * @param hits answers that were there already, and cost nothing
 */
public record Spend(
    Optional<BigDecimal> cap,
    BigDecimal spent,
    BigDecimal reserved,
    BigDecimal unknown,
    long calls,
    long unpriced,
    long lost,
    long hits) {}
