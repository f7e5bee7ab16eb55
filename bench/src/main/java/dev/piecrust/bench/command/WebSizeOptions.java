package dev.piecrust.bench.command;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.bench.web.WebSize;
import dev.piecrust.store.database.DatabaseConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How large the installation is over which pages are measured, and where it lies. */
final class WebSizeOptions {
  @Option(
      names = "--campaigns",
      defaultValue = "10",
      description = "For web, sets how many campaigns share the rest (default: ${DEFAULT-VALUE}).")
  private int campaigns;

  @Option(
      names = "--results",
      defaultValue = "1000000",
      description =
          "For web, sets how many prompt results there are, 50 to a prompt (default:"
              + " ${DEFAULT-VALUE}).")
  private int results;

  @Option(
      names = "--kept",
      defaultValue = "200000",
      description = "For web, sets how many features are kept (default: ${DEFAULT-VALUE}).")
  private int features;

  @Option(
      names = "--calls",
      defaultValue = "200000",
      description = "For web, sets how many calls the ledger has (default: ${DEFAULT-VALUE}).")
  private int calls;

  @Option(
      names = "--requests",
      defaultValue = "60",
      description =
          "For web, sets how often each page and list is asked for (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--viewers",
      defaultValue = "200",
      description = "For web, sets how many people keep a page open (default: ${DEFAULT-VALUE}).")
  private int viewers;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "For web, names an empty database, jdbc:postgresql://HOST/NAME with the user and password"
              + " of "
              + DatabaseConfig.USER_VARIABLE
              + " and "
              + DatabaseConfig.PASSWORD_VARIABLE
              + " (default: H2 in a temporary"
              + " folder).")
  private @Nullable String url;

  WebSize size() {
    return new WebSize(campaigns, results, features, calls, requests, viewers);
  }

  /** The database, which is in the folder unless another was named. */
  DatabaseConfig database(Path folder) {
    if (url == null) {
      return DatabaseConfig.h2(folder.resolve("db"));
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw user("--database is '%s', expected jdbc:postgresql://HOST/NAME", url);
    }
    return DatabaseConfig.of(url, System.getenv());
  }
}
