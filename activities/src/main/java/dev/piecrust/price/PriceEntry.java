package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** One model of a file of prices. Only input and output are needed. */
final class PriceEntry {
  private final JsonNode node;
  private final String place;

  private PriceEntry(JsonNode node, String place) {
    this.node = node;
    this.place = place;
  }

  /**
   * What holds for a file's prices that say nothing else.
   *
   * @param asOf the file's day
   * @param file its name, for what is wrong in it
   */
  record Origin(Optional<LocalDate> asOf, String source, String file) {
    ListedPrice read(String provider, String model, JsonNode node) {
      String place = file + ": " + PriceTable.name(provider, model);
      PriceEntry entry = new PriceEntry(node, place);
      return new ListedPrice(
          provider,
          model,
          entry.price(),
          entry.orElse("region_times", BigDecimal.ONE),
          day(node, "as_of", place).or(() -> asOf),
          node.path("source").asText(source));
    }
  }

  /** A day such as 2026-11-28, where one is given. */
  static Optional<LocalDate> day(JsonNode node, String key, String place) {
    if (!node.has(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.parse(node.path(key).asText()));
    } catch (DateTimeParseException e) {
      throw wrong(node, key, place, "a day such as 2026-11-28");
    }
  }

  /** What is not said costs as much as input or output do, and a batch the full price. */
  private Price price() {
    BigDecimal input = required("input");
    BigDecimal output = required("output");
    BigDecimal cached = orElse("cached_input", input);
    BigDecimal reasoning = orElse("reasoning", output);
    BigDecimal batch = share("batch_share", BigDecimal.ONE);
    BigDecimal written = orElse("cache_write", input);
    Price plain = new Price(input, cached, output, reasoning, batch);
    return new Price(
        input,
        cached,
        output,
        reasoning,
        batch,
        written,
        share("flex_share", plain.flexShare()),
        orElse("priority_times", plain.priorityTimes()),
        node.has("long_context")
            ? Optional.of(
                new PriceEntry(node.path("long_context"), place + ".long_context")
                    .longContext(plain, written))
            : Optional.empty());
  }

  /** Given as prices, or as factors of the usual ones. */
  private LongContext longContext(Price usual, BigDecimal written) {
    JsonNode above = node.path("above");
    if (!above.canConvertToLong() || above.asLong() < 1) {
      throw wrong(node, "above", place, "a number of prompt tokens, 1 or more");
    }
    BigDecimal in = orElse("input_times", BigDecimal.ONE);
    BigDecimal out = orElse("output_times", BigDecimal.ONE);
    BigDecimal output = orElse("output", usual.output().multiply(out));
    return new LongContext(
        above.asLong(),
        orElse("input", usual.input().multiply(in)),
        orElse("cached_input", usual.cachedInput().multiply(in)),
        orElse("cache_write", written.multiply(in)),
        output,
        orElse("reasoning", output.max(usual.reasoning().multiply(out))));
  }

  private BigDecimal required(String name) {
    return PriceJson.amount(node.path(name))
        .orElseThrow(() -> wrong(node, name, place, PriceJson.AMOUNT));
  }

  private static PieCrustException wrong(JsonNode node, String key, String place, String expected) {
    return user("%s.%s is %s, expected %s", place, key, Quote.value(node.get(key)), expected);
  }

  private BigDecimal orElse(String name, BigDecimal otherwise) {
    return node.has(name) ? required(name) : otherwise;
  }

  private BigDecimal share(String name, BigDecimal otherwise) {
    BigDecimal share = orElse(name, otherwise);
    if (share.compareTo(BigDecimal.ONE) > 0) {
      throw wrong(node, name, place, "a share from 0 to 1");
    }
    return share;
  }
}
