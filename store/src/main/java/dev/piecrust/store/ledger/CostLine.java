package dev.piecrust.store.ledger;

import dev.piecrust.price.TokenUsage;
import java.math.BigDecimal;

/**
 * What a part of a campaign's calls to language models cost.
 *
 * @param part whose calls these are, such as a stage, a model or a feature
 * @param calls answered calls
 * @param hits answers that were there already, and cost nothing
 * @param usage as reported, of the calls for which it is
 * @param unreported answered calls whose usage is not known: none was reported, or one that cannot
 *     be
 * @param usd settled
 * @param unknownUsd worst cases of calls that may have been charged: lost, or without usage
 * @param reservedUsd worst cases of calls that are under way or queued
 * @param unpriced answered calls whose price nobody knows, so that they are in no amount
 * @param lost calls of which nobody knows whether they were charged
 */
public record CostLine(
    String part,
    long calls,
    long hits,
    TokenUsage usage,
    long unreported,
    BigDecimal usd,
    BigDecimal unknownUsd,
    BigDecimal reservedUsd,
    long unpriced,
    long lost) {
  /** Nothing yet. */
  public static CostLine none(String part) {
    BigDecimal zero = BigDecimal.ZERO;
    return new CostLine(part, 0, 0, TokenUsage.NONE, 0, zero, zero, zero, 0, 0);
  }

  /** Both together. */
  public CostLine plus(CostLine other) {
    return new CostLine(
        part,
        calls + other.calls,
        hits + other.hits,
        usage.plus(other.usage),
        unreported + other.unreported,
        usd.add(other.usd),
        unknownUsd.add(other.unknownUsd),
        reservedUsd.add(other.reservedUsd),
        unpriced + other.unpriced,
        lost + other.lost);
  }

  /** The same calls under another name. */
  public CostLine of(String name) {
    return new CostLine(
        name, calls, hits, usage, unreported, usd, unknownUsd, reservedUsd, unpriced, lost);
  }
}
