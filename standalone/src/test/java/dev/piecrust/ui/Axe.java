package dev.piecrust.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The accessibility checks of axe-core, on a page that is open. */
final class Axe {
  private static final String RUN =
      """
      async () => {
        const found = await axe.run(document, { resultTypes: ['violations'] });
        return found.violations
          .filter(v => v.impact === 'serious' || v.impact === 'critical')
          .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200)
            + ' [' + n.any.concat(n.all).map(c => c.message).slice(0, 1) + ']').join(' | '));
      }
      """;

  private Axe() {}

  /** What is seriously or critically wrong, with the first elements it is wrong with. */
  static List<?> violations(Page page) throws IOException {
    try (InputStream script =
        Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
      page.evaluate(new String(script.readAllBytes(), UTF_8) + "; 0");
    }
    return (List<?>) page.evaluate(RUN);
  }
}
