package dev.piecrust.view;

import dev.piecrust.store.ledger.CallSum;
import dev.piecrust.store.ledger.CostLine;
import java.util.List;

/**
 * Where the money for language models went.
 *
 * @param total of everything below
 * @param released calls that were not answered and not charged
 * @param open calls that are under way or queued
 * @param lines by campaign, stage and model
 */
public record LedgerView(CostLine total, long released, long open, List<CallSum> lines) {
  public LedgerView {
    lines = List.copyOf(lines);
  }

  static LedgerView of(List<CallSum> lines) {
    return new LedgerView(
        lines.stream().map(CallSum::cost).reduce(CostLine.none("total"), CostLine::plus),
        lines.stream().mapToLong(CallSum::released).sum(),
        lines.stream().mapToLong(CallSum::open).sum(),
        lines);
  }
}
