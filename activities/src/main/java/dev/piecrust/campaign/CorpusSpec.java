package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

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
  static final int DEFAULT_WINDOWS = 20_000;
  static final int DEFAULT_TOKENS = 64;

  public CorpusSpec {
    if (path.isPresent() == published.isPresent()) {
      throw user("interpret.corpus: expected either a path or a published folder");
    }
    if (windows < 1 || tokens < 2) {
      throw user("interpret.corpus: expected windows of 1 or more, and tokens of 2 or more");
    }
  }
}
