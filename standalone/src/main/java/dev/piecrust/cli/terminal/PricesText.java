package dev.piecrust.cli.terminal;

import dev.piecrust.price.ListedPrice;
import dev.piecrust.price.LongContext;
import dev.piecrust.price.Price;
import dev.piecrust.price.PriceImport;
import dev.piecrust.price.PriceTable;
import dev.piecrust.price.ServiceTier;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prices in words. */
public final class PricesText {
  private static final String ROW = "%-12s %-32s %9s %9s %9s %9s %7s %7s %9s  %-10s  %s";

  /** So many broken entries are named; {@code --json} names all. */
  private static final int NAMED = 20;

  private PricesText() {}

  /** The table, a line each. */
  public static List<String> lines(PriceTable prices, LocalDate today) {
    List<String> lines = new ArrayList<>();
    lines.add("USD per million tokens; batch, flex and priority as multiples of them");
    lines.add(
        row(
            "provider",
            "model",
            List.of("input", "read", "write", "output", "batch", "flex", "priority"),
            "as of",
            "source"));
    prices.all().forEach(price -> lines.addAll(lines(price, prices, today)));
    return lines;
  }

  private static List<String> lines(ListedPrice listed, PriceTable prices, LocalDate today) {
    Price price = listed.price();
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            listed.provider(),
            listed.model(),
            List.of(
                plain(price.input()),
                plain(price.cachedInput()),
                plain(price.cacheWrite()),
                plain(price.output()),
                plain(price.times(ServiceTier.BATCH)),
                plain(price.times(ServiceTier.FLEX)),
                plain(price.times(ServiceTier.PRIORITY))),
            listed.asOf().map(LocalDate::toString).orElse("unknown"),
            listed.source() + notes(listed, prices, today)));
    price.longContext().ifPresent(tier -> lines.add(longContext(tier)));
    return lines;
  }

  private static String notes(ListedPrice listed, PriceTable prices, LocalDate today) {
    Optional<String> region =
        Optional.of(listed.regionTimes())
            .filter(times -> times.compareTo(BigDecimal.ONE) != 0)
            .map(times -> "× %s where data stay in a region".formatted(plain(times)));
    Optional<String> old = Optional.of("old").filter(word -> listed.old(today));
    return String.join(
        "",
        Stream.of(region, old, prices.shutDown(listed, today))
            .flatMap(Optional::stream)
            .map("; "::concat)
            .toList());
  }

  private static String longContext(LongContext tier) {
    return row(
        "",
        "  prompts above %,d tokens".formatted(tier.above()),
        List.of(
            plain(tier.input()),
            plain(tier.cachedInput()),
            plain(tier.cacheWrite()),
            plain(tier.output()),
            "",
            "",
            ""),
        "",
        "");
  }

  private static String row(
      String provider, String model, List<String> numbers, String asOf, String source) {
    List<String> cells = new ArrayList<>(List.of(provider, model));
    cells.addAll(numbers);
    cells.add(asOf);
    cells.add(source);
    return ROW.formatted(cells.toArray()).stripTrailing();
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }

  /** What became of a list. */
  public static List<String> lines(PriceImport done, Path own) {
    List<String> lines = new ArrayList<>();
    lines.add("prices taken into %s: %,d".formatted(own, done.models()));
    if (done.others() > 0) {
      lines.add("models that write no text, left out: %,d".formatted(done.others()));
    }
    if (!done.broken().isEmpty()) {
      lines.add("entries that could not be used: %,d".formatted(done.broken().size()));
      done.broken().stream().limit(NAMED).forEach(what -> lines.add("  " + what));
      int more = done.broken().size() - NAMED;
      if (more > 0) {
        lines.add("  and %,d more, which --json names".formatted(more));
      }
    }
    return lines;
  }
}
