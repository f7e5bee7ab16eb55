package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of prices.
 *
 * @param version its version and date, for reports
 * @param prices by provider and model, such as {@code openai/gpt-5-mini}
 */
record PriceFile(String version, Map<String, Price> prices) {
  private static final String SHIPPED = "prices.json";

  /** Prices are exact decimals. */
  private static final ObjectReader READER =
      Json.mapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** The file that ships with the program. */
  static PriceFile shipped() {
    try (InputStream in = PriceFile.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new PieCrustException(FailureCategory.INTERNAL, "the price table is missing");
      }
      return read(READER.readTree(in), "the shipped price table");
    } catch (IOException e) {
      throw new PieCrustException(FailureCategory.INTERNAL, "the price table could not be read", e);
    }
  }

  /** The user's file. */
  static PriceFile at(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return read(READER.readTree(in), file.toString());
    } catch (JsonProcessingException e) {
      throw user(
          "prices %s: line %d is not JSON: %s",
          file, e.getLocation() == null ? 1 : e.getLocation().getLineNr(), e.getOriginalMessage());
    } catch (IOException e) {
      throw user("prices %s: the file cannot be read", file);
    }
  }

  private static PriceFile read(JsonNode root, String file) {
    Map<String, Price> prices = new LinkedHashMap<>();
    JsonNode models = root.path("models");
    if (!models.isObject()) {
      throw user("%s: expected \"models\" with providers and their models", file);
    }
    models
        .properties()
        .forEach(
            provider ->
                provider
                    .getValue()
                    .properties()
                    .forEach(
                        model -> {
                          String name = PriceTable.name(provider.getKey(), model.getKey());
                          prices.put(name, price(model.getValue(), file + ": " + name));
                        }));
    String version =
        "%s of %s".formatted(root.path("version").asText("?"), root.path("date").asText("?"));
    return new PriceFile(version, prices);
  }

  /** Only input and output are needed: the rest defaults to them, and a batch to the full price. */
  private static Price price(JsonNode model, String place) {
    BigDecimal input = field(model, "input", place).decimalValue();
    BigDecimal output = field(model, "output", place).decimalValue();
    return new Price(
        input,
        orElse(model, "cached_input", input, place),
        output,
        orElse(model, "reasoning", output, place),
        orElse(model, "batch_share", BigDecimal.ONE, place));
  }

  private static BigDecimal orElse(
      JsonNode model, String name, BigDecimal otherwise, String place) {
    return model.has(name) ? field(model, name, place).decimalValue() : otherwise;
  }

  private static JsonNode field(JsonNode model, String name, String place) {
    JsonNode number = model.path(name);
    if (!number.isNumber()) {
      throw user("%s.%s: expected a number of USD per million tokens", place, name);
    }
    return number;
  }
}
