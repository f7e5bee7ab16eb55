package dev.piecrust.report.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;

/** JSON with line breaks, the same on every platform. */
public final class PrettyJson {
  private PrettyJson() {}

  public static ExportPart.Text of(JsonNode node) {
    return out -> out.append(text(node)).append('\n');
  }

  /** The text without a line break at its end. */
  public static String text(JsonNode node) throws JsonProcessingException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    return Json.mapper().writer(printer).writeValueAsString(node);
  }
}
