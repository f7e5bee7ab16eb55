package dev.piecrust.cli;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.cli.terminal.PricesText;
import dev.piecrust.price.PriceImport;
import dev.piecrust.price.PriceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what language models cost, and learns other prices. */
@Command(
    name = "prices",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what language models cost, in USD per million tokens.",
      "Each price has its day and its source. The home's prices.json goes before the"
          + " shipped table; --import takes the prices of a LiteLLM list"
          + " (model_prices_and_context_window.json) into it first."
    })
final class PricesCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--import",
      paramLabel = "FILE",
      description = "Takes the prices of this LiteLLM list.")
  private Optional<Path> list = Optional.empty();

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description =
          "Sets the list's day, such as 2026-11-28 (default: the day its file was written).")
  private Optional<LocalDate> asOf = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  PricesCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (list.isPresent()) {
      Path own = session.home().pricesFile();
      PriceImport done =
          PriceImport.take(list.get(), own, asOf.orElseGet(() -> written(list.get())));
      session.terminal().print(json, done, () -> PricesText.lines(done, own));
      return ExitStatus.DONE.code();
    }
    if (asOf.isPresent()) {
      throw user("--as-of is given without a list, expected --import FILE with it");
    }
    PriceTable prices = session.prices();
    session.terminal().print(json, prices.all(), () -> PricesText.lines(prices, session.today()));
    return ExitStatus.DONE.code();
  }

  /** A list says of no day that it is its own. */
  private LocalDate written(Path file) {
    try {
      return LocalDate.ofInstant(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
    } catch (IOException e) {
      return session.today(); // a file that is not there: reading it says so
    }
  }
}
