package dev.piecrust.report.text;

import dev.piecrust.report.meaning.CampaignCosts;
import dev.piecrust.store.ledger.CostLine;
import java.util.List;
import java.util.Locale;

/** The tables of what calls to language models cost. */
public final class CostTables {
  private CostTables() {}

  public static List<PaperTable> of(CampaignCosts costs) {
    return List.of(
        table("stage", "Calls and tokens of each stage.", costs.stages()),
        table("model", "Calls and tokens of each model.", costs.models()));
  }

  private static PaperTable table(String part, String caption, List<CostLine> lines) {
    return PaperTable.plain(
        "costs-by-" + part,
        caption,
        List.of(
            part,
            "USD",
            "calls",
            "from the cache",
            "input tokens",
            "read from a provider's cache",
            "written to it",
            "output tokens"),
        lines.stream().map(CostTables::cells).toList());
  }

  private static List<String> cells(CostLine line) {
    return List.of(
        line.part(),
        SpendText.usd(line.usd()),
        count(line.calls()),
        count(line.hits()),
        count(line.usage().input()),
        count(line.usage().cachedInput()),
        count(line.usage().cacheWrite()),
        count(line.usage().output()));
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
