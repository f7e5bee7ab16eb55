package dev.piecrust.ui.ledger;

import static java.util.stream.Collectors.reducing;

import dev.piecrust.store.ledger.CallState;
import dev.piecrust.store.ledger.CallSum;
import dev.piecrust.store.ledger.CostLine;
import dev.piecrust.ui.Address;
import dev.piecrust.view.LedgerView;
import dev.piecrust.view.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the ledger's page says of its sums, and where it leads. */
public record LedgerShow(LedgerView sums, LedgerFilter filter) {
  /**
   * A line of sums.
   *
   * @param link where there is more of it; may be empty
   */
  public record Row(String name, String link, CostLine cost) {}

  public List<Row> byCampaign() {
    return rows(CallSum::campaign, id -> Address.of("ledger").with("campaign", id).toString());
  }

  public List<Row> byModel() {
    return rows(
        sum ->
            sum.provider().equals(sum.model()) ? sum.model() : sum.provider() + "/" + sum.model(),
        model -> "");
  }

  public List<Row> byStage() {
    return rows(CallSum::stage, stage -> "");
  }

  private List<Row> rows(Function<CallSum, String> name, Function<String, String> link) {
    Map<String, CostLine> lines =
        sums.lines().stream()
            .collect(
                Collectors.groupingBy(
                    name,
                    TreeMap::new,
                    reducing(CostLine.none(""), CallSum::cost, CostLine::plus)));
    return lines.entrySet().stream()
        .map(line -> new Row(line.getKey(), link.apply(line.getKey()), line.getValue()))
        .sorted((a, b) -> b.cost().usd().compareTo(a.cost().usd()))
        .toList();
  }

  public List<String> models() {
    return sums.lines().stream().map(CallSum::model).distinct().sorted().toList();
  }

  public List<String> states() {
    return Arrays.stream(CallState.values())
        .map(state -> state.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /** How many answers were there already. */
  public String cached() {
    long hits = sums.total().hits();
    long all = sums.total().calls() + hits;
    return all == 0
        ? "none"
        : "%s of %s answers (%s)"
            .formatted(
                Numbers.count(hits), Numbers.count(all), Numbers.percent((double) hits / all));
  }

  public String first() {
    return filter.here().toString();
  }

  public String plain() {
    return Address.of("ledger").with("campaign", filter.campaign()).toString();
  }

  public String after(String next) {
    return filter.here().with("after", next).toString();
  }

  /** What was spent over time, for the chart. */
  public String time() {
    return Address.of("api", "v1", "ledger", "time").with("campaign", filter.campaign()).toString();
  }

  public String csv() {
    return Address.of("ledger", "sums.csv").with("campaign", filter.campaign()).toString();
  }
}
