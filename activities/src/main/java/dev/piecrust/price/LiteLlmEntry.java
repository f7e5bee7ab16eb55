package dev.piecrust.price;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.input.Quote;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One model of LiteLLM's list of prices, which are in USD per token, as an entry of a file of
 * prices.
 */
final class LiteLlmEntry {
  private static final String INPUT = "input_cost_per_token";
  private static final String OUTPUT = "output_cost_per_token";
  private static final String READ = "cache_read_input_token_cost";
  private static final String WRITE = "cache_creation_input_token_cost";
  private static final String REASONING = "output_cost_per_reasoning_token";
  private static final Pattern LONG = Pattern.compile(INPUT + "_above_([0-9]{1,6})k_tokens");
  private static final int MILLION = 6;

  /** Decimals of a share or a multiple, rounded up. */
  private static final int FACTOR_SCALE = 6;

  private final String model;
  private final JsonNode node;

  private LiteLlmEntry(String model, JsonNode node) {
    this.model = model;
    this.node = node;
  }

  /** What cannot be read, in words. */
  static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(String message) {
      super(message);
    }
  }

  /**
   * The entry.
   *
   * @param usual what is known of the model already, for what the list does not say
   */
  static ObjectNode read(String model, JsonNode node, Optional<ListedPrice> usual) throws Broken {
    return new LiteLlmEntry(model, node).entry(usual);
  }

  private ObjectNode entry(Optional<ListedPrice> usual) throws Broken {
    BigDecimal input = required(INPUT);
    BigDecimal output = required(OUTPUT);
    ObjectNode entry = Json.mapper().createObjectNode();
    entry.put("input", input);
    entry.put("output", output);
    put(entry, "cached_input", cachePrice(READ));
    put(entry, "cache_write", cachePrice(WRITE));
    put(entry, "reasoning", price(REASONING));
    put(
        entry,
        "batch_share",
        share(input, output, "_batches").or(() -> usual.map(u -> u.price().batchShare())));
    put(
        entry,
        "flex_share",
        share(input, output, "_flex").or(() -> usual.map(u -> u.price().flexShare())));
    put(
        entry,
        "priority_times",
        times(input, output, "_priority").or(() -> usual.map(u -> u.price().priorityTimes())));
    put(
        entry,
        "region_times",
        usual.map(ListedPrice::regionTimes).filter(t -> t.compareTo(BigDecimal.ONE) != 0));
    longContext(entry, input, output);
    return entry;
  }

  /** Of several thresholds the lowest, with the dearest prices of all: never less than is due. */
  private void longContext(ObjectNode entry, BigDecimal input, BigDecimal output) throws Broken {
    List<Integer> thousands =
        node.properties().stream()
            .map(field -> LONG.matcher(field.getKey()))
            .filter(Matcher::matches)
            .map(matcher -> Integer.valueOf(matcher.group(1)))
            .filter(k -> k > 0)
            .sorted()
            .toList();
    if (thousands.isEmpty()) {
      return;
    }
    ObjectNode tier = entry.putObject("long_context");
    tier.put("above", thousands.get(0) * 1000L);
    BigDecimal dearest = dearest(INPUT, thousands).orElse(input);
    tier.put("input", dearest);
    BigDecimal times = ratio(dearest, input).max(BigDecimal.ONE);
    tier.put("output", dearest(OUTPUT, thousands).orElse(output).max(output));
    Optional<BigDecimal> read = cachePrice(READ);
    Optional<BigDecimal> write = cachePrice(WRITE);
    put(tier, "cached_input", dearest(READ, thousands).or(() -> read.map(times::multiply)));
    put(tier, "cache_write", dearest(WRITE, thousands).or(() -> write.map(times::multiply)));
    if (read.isEmpty() && !tier.has("cached_input")) {
      tier.put("cached_input", dearest);
    }
    if (write.isEmpty() && !tier.has("cache_write")) {
      tier.put("cache_write", dearest);
    }
  }

  private Optional<BigDecimal> dearest(String name, List<Integer> thousands) throws Broken {
    Optional<BigDecimal> dearest = Optional.empty();
    for (int k : thousands) {
      Optional<BigDecimal> price = price("%s_above_%dk_tokens".formatted(name, k));
      dearest = dearest.isEmpty() ? price : dearest.map(d -> price.map(d::max).orElse(d));
    }
    return dearest;
  }

  private Optional<BigDecimal> share(BigDecimal input, BigDecimal output, String tier)
      throws Broken {
    return times(input, output, tier).map(times -> times.min(BigDecimal.ONE));
  }

  /** How many times the list price a tier costs; the more of input's and output's. */
  private Optional<BigDecimal> times(BigDecimal input, BigDecimal output, String tier)
      throws Broken {
    Optional<BigDecimal> in = price(INPUT + tier).map(price -> ratio(price, input));
    Optional<BigDecimal> out = price(OUTPUT + tier).map(price -> ratio(price, output));
    return in.isPresent() && out.isPresent()
        ? Optional.of(in.get().max(out.get()))
        : in.or(() -> out);
  }

  private static BigDecimal ratio(BigDecimal price, BigDecimal usual) {
    return usual.signum() == 0
        ? BigDecimal.ONE
        : plain(price.divide(usual, FACTOR_SCALE, RoundingMode.CEILING));
  }

  private BigDecimal required(String name) throws Broken {
    return price(name)
        .orElseThrow(
            () ->
                new Broken(
                    "%s: has no %s, expected a number of USD per token".formatted(shown(), name)));
  }

  private Optional<BigDecimal> price(String name) throws Broken {
    JsonNode perToken = node.path(name);
    if (perToken.isMissingNode() || perToken.isNull()) {
      return Optional.empty();
    }
    BigDecimal value =
        PriceJson.amount(perToken)
            .filter(v -> v.compareTo(BigDecimal.ONE) <= 0) // a USD per token
            .orElseThrow(
                () ->
                    new Broken(
                        "%s: %s is %s, expected a number of USD per token from 0 to 1"
                            .formatted(shown(), name, Quote.value(perToken))));
    return Optional.of(plain(value.movePointRight(MILLION)));
  }

  /** The list has 0 where a provider has no such price: then the tokens cost as input does. */
  private Optional<BigDecimal> cachePrice(String name) throws Broken {
    return price(name).filter(value -> value.signum() > 0);
  }

  private String shown() {
    return PriceJson.shown(model);
  }

  private static void put(ObjectNode node, String name, Optional<BigDecimal> value) {
    value.ifPresent(v -> node.put(name, v));
  }

  private static BigDecimal plain(BigDecimal value) {
    return new BigDecimal(value.stripTrailingZeros().toPlainString());
  }
}
