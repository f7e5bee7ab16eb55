package dev.piecrust.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;

/** JSON with line breaks, the same on every platform. */
final class PrettyJson {
  private PrettyJson() {}

  static ExportPart.Text of(JsonNode node) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    return out -> out.append(Json.mapper().writer(printer).writeValueAsString(node)).append('\n');
  }
}
