package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of prices.
 *
 * @param version its version and date, for reports
 * @param prices by provider and model, such as {@code openai/gpt-6-luna}
 */
record PriceFile(String version, Map<String, ListedPrice> prices) {
  private static final String SHIPPED = "prices.json";

  /** The file that ships with the program. */
  static PriceFile shipped() {
    return read(shippedTree(), "the shipped price table");
  }

  /** The shipped file as it is written. */
  static JsonNode shippedTree() {
    ObjectReader reader = PriceJson.READER;
    try (InputStream in = PriceFile.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new PieCrustException(FailureCategory.INTERNAL, "the price table is missing");
      }
      return reader.readTree(in);
    } catch (IOException e) {
      throw new PieCrustException(FailureCategory.INTERNAL, "the price table could not be read", e);
    }
  }

  /** The user's file. */
  static PriceFile at(Path file) {
    return read(PriceJson.tree(file), file.toString());
  }

  /** What stands in a file of this name. */
  static PriceFile read(JsonNode root, String file) {
    Map<String, ListedPrice> prices = new LinkedHashMap<>();
    JsonNode models = root.path("models");
    if (!models.isObject()) {
      throw user(
          "%s: models is %s, expected an object of providers and their models",
          file, Quote.value(models));
    }
    PriceEntry.Origin origin =
        new PriceEntry.Origin(
            PriceEntry.day(root, "date", file), root.path("source").asText(file), file);
    for (Map.Entry<String, JsonNode> provider : models.properties()) {
      if (!provider.getValue().isObject()) {
        throw user(
            "%s: models.%s is %s, expected an object of models",
            file, Quote.of(provider.getKey()), Quote.value(provider.getValue()));
      }
      for (Map.Entry<String, JsonNode> model : provider.getValue().properties()) {
        prices.put(
            PriceTable.name(provider.getKey(), model.getKey()),
            origin.read(provider.getKey(), model.getKey(), model.getValue()));
      }
    }
    String version =
        "%s of %s".formatted(root.path("version").asText("?"), root.path("date").asText("?"));
    return new PriceFile(version, prices);
  }
}
