package dev.piecrust.report.analysis;

import dev.piecrust.feature.Fidelity;
import dev.piecrust.store.result.ResultRow;
import java.util.ArrayList;
import java.util.List;

/** Makes result rows of which only {@code kl_last} matters. */
final class Rows {
  private final List<ResultRow> rows = new ArrayList<>();

  /** Prompt 0 has the first value, and so on. */
  Rows with(String method, int budget, double... klLast) {
    for (int prompt = 0; prompt < klLast.length; prompt++) {
      Fidelity fidelity = new Fidelity(klLast[prompt], 0, 0, null, null);
      rows.add(new ResultRow("ioi", prompt, method, budget, fidelity));
    }
    return this;
  }

  Measures measures() {
    return new Measures(rows);
  }
}
