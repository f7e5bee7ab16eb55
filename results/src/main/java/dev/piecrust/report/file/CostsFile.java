package dev.piecrust.report.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.meaning.CampaignCosts;
import dev.piecrust.store.ledger.CostLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * {@code costs.json}: what the calls to language models cost, in all, by stage, by model and by
 * feature (Cantor id). A campaign that explains nothing has none.
 */
public final class CostsFile implements ExportPart {
  @Override
  public void write(ExportSource source, ExportFiles files) throws IOException {
    Optional<CampaignCosts> costs = source.costs();
    if (costs.isEmpty()) {
      return;
    }
    ObjectNode root = Json.mapper().createObjectNode();
    root.put("campaign", source.status().id());
    root.put("currency", "USD");
    root.put("cap", costs.get().spend().cap().map(CostsFile::plain).orElse(null));
    root.set("total", amounts(costs.get().total()));
    ArrayNode stages = root.putArray("stages");
    costs.get().stages().forEach(line -> stages.add(named("stage", line)));
    ArrayNode models = root.putArray("models");
    costs.get().models().forEach(line -> models.add(named("model", line)));
    ObjectNode features = root.putObject("features");
    costs
        .get()
        .features()
        .forEach((id, line) -> features.set(Long.toString(id.cantor()), amounts(line)));
    files.add("costs.json", PrettyJson.of(root));
  }

  private static ObjectNode named(String what, CostLine line) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put(what, line.part());
    node.setAll(amounts(line));
    return node;
  }

  private static ObjectNode amounts(CostLine line) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("usd", plain(line.usd()));
    node.put("possibly_charged_usd", plain(line.unknownUsd()));
    node.put("reserved_usd", plain(line.reservedUsd()));
    node.put("calls", line.calls());
    node.put("calls_from_cache", line.hits());
    node.put("calls_lost", line.lost());
    node.put("calls_without_reported_usage", line.unreported());
    node.put("calls_without_known_price", line.unpriced());
    node.put("input_tokens", line.usage().input());
    node.put("cached_input_tokens", line.usage().cachedInput());
    node.put("cache_write_tokens", line.usage().cacheWrite());
    node.put("output_tokens", line.usage().output());
    node.put("reasoning_tokens", line.usage().reasoning());
    return node;
  }

  /** Without trailing zeros, and never with an exponent. */
  private static BigDecimal plain(BigDecimal usd) {
    return new BigDecimal(usd.stripTrailingZeros().toPlainString());
  }
}
