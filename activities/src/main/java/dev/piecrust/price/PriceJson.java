package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.BoundedJson;
import dev.piecrust.input.InputFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files of prices, which users take from elsewhere. */
final class PriceJson {
  /** Prices are exact decimals. */
  static final ObjectReader READER =
      Json.mapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** LiteLLM's whole list of a few thousand models has 2 MB. */
  private static final long LARGEST_FILE = InputFile.SMALL;

  private static final BigDecimal MOST = BigDecimal.valueOf(Price.MOST);

  /** What such a number is, in words. */
  static final String AMOUNT = "a number of USD per million tokens, from 0 to " + MOST;

  /** Decimals beyond which a price is no price; amounts are kept to 12. */
  private static final int MOST_DECIMALS = 30;

  private static final int SHOWN = 80;

  private PriceJson() {}

  /** The file's content; a user error where it is not JSON. */
  static JsonNode tree(Path file) {
    String text =
        new InputFile(file, "prices " + file, "a JSON object of prices").text(LARGEST_FILE);
    try {
      return READER.readTree(text);
    } catch (JsonProcessingException e) {
      throw user("prices %s: %s, expected an object of prices", file, BoundedJson.fault(e));
    }
  }

  /** A number that can be a price or a factor; empty for anything else. */
  static Optional<BigDecimal> amount(JsonNode node) {
    if (!node.isNumber()) {
      return Optional.empty();
    }
    BigDecimal value = node.decimalValue();
    return value.signum() >= 0 && value.scale() <= MOST_DECIMALS && value.compareTo(MOST) <= 0
        ? Optional.of(value)
        : Optional.empty();
  }

  /** A name from elsewhere, as it can be shown: on one line, and not too long. */
  static String shown(String name) {
    String line = name.replaceAll("\\p{C}+", "?");
    return line.codePointCount(0, line.length()) <= SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
