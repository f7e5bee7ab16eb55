package dev.piecrust.ui;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real browser: Debian's Chromium, or the one that {@code PIECRUST_CHROMIUM} names. */
final class Chromium implements AutoCloseable {
  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Path executable) {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(
                        List.of(
                            "--no-sandbox", "--disable-gpu", "--disable-background-networking")));
  }

  /** Starts it; without one the test is skipped, and says so. */
  static Chromium start() {
    Path executable =
        Path.of(
            Optional.ofNullable(System.getenv("PIECRUST_CHROMIUM")).orElse("/usr/bin/chromium"));
    assumeTrue(
        Files.isExecutable(executable),
        "there is no " + executable + "; PIECRUST_CHROMIUM names another browser");
    return new Chromium(executable);
  }

  /** Somebody who looks at the pages of a server, alone with their cookies. */
  Viewer viewer(String pages) {
    return viewer(pages, Look.WIDE);
  }

  Viewer viewer(String pages, Look look) {
    return new Viewer(browser.newContext(look.options()), pages);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
