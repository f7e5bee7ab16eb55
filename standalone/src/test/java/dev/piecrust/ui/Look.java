package dev.piecrust.ui;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/**
 * How somebody looks at pages.
 *
 * @param width of the window, in pixels
 */
record Look(int width, ColorScheme colours) {
  static final Look WIDE = new Look(1440, ColorScheme.LIGHT);

  /** A desk and a phone, by day and by night. */
  static final List<Look> ALL =
      List.of(
          WIDE,
          new Look(1440, ColorScheme.DARK),
          new Look(390, ColorScheme.LIGHT),
          new Look(390, ColorScheme.DARK));

  private static final int HEIGHT = 900;

  Browser.NewContextOptions options() {
    return new Browser.NewContextOptions()
        .setViewportSize(width, HEIGHT)
        .setColorScheme(colours)
        .setLocale("en-GB")
        .setTimezoneId("Europe/Berlin")
        .setAcceptDownloads(true);
  }

  /** For file names. */
  String name() {
    return width + (colours == ColorScheme.DARK ? "-dark" : "-light");
  }
}
