package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.Bounds;
import java.util.Optional;

/**
 * Where evidence for features comes from: a corpus or published files, and never both.
 *
 * @param path a corpus: JSON lines with a {@code text} each, comma-separated values with a column
 *     {@code text}, or plain text with one a line; {@code .gz} is unpacked
 * @param published instead, a folder of published feature files (docs/method.md §7), or a
 *     repository of the hub that has them
 * @param windows how many windows of the corpus are read, from its beginning; 1 or more
 * @param tokens length of a window, 2 or more; longer texts are cut into several
 */
public record CorpusSpec(
    Optional<String> path, Optional<String> published, int windows, int tokens) {
  /** Windows that are read, where a spec says nothing. */
  public static final int DEFAULT_WINDOWS = 20_000;

  /** Tokens of a window, where a spec says nothing. */
  public static final int DEFAULT_TOKENS = 64;

  public CorpusSpec {
    if (path.isPresent() == published.isPresent()) {
      throw user(
          "interpret.corpus: has %s, expected one of them",
          path.isPresent() ? "both path and published" : "neither path nor published");
    }
    Bounds.atLeast("interpret.corpus.windows", windows, 1);
    Bounds.atLeast("interpret.corpus.tokens", tokens, 2);
  }
}
