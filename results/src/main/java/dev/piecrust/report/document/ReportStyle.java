package dev.piecrust.report.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/** The files that the HTML report is made from. */
final class ReportStyle {
  private static final Pattern DARK = Pattern.compile(":root\\[data-theme=\"dark\"] (\\{[^}]*})");

  private ReportStyle() {}

  /** The style sheet: the pages' own colours, light or dark as the system is, and the layout. */
  static String css() {
    String colours = text("/META-INF/resources/assets/tokens.css");
    return DARK.matcher(colours).replaceFirst("@media (prefers-color-scheme: dark) { :root $1 }")
        + text("/dev/piecrust/report/document/html/report.css");
  }

  /** A resource of the program. */
  static String text(String resource) {
    try (InputStream in = Objects.requireNonNull(ReportStyle.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
