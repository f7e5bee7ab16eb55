package dev.piecrust.evidence;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.input.BoundedJson;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Texts by line: JSON lines with a {@code text} each, or plain text with one a line. The name says
 * which ({@code .json}, {@code .jsonl}, {@code .ndjson}; {@code .txt}), or else the first line: an
 * opening brace means JSON.
 */
final class LineTexts implements CorpusTexts {
  private enum Kind {
    JSON,
    PLAIN,
    /** Neither name nor a first line has told yet. */
    OPEN
  }

  private static final String EXPECTED = "{\"text\": …}";
  private static final Pattern JSON_NAME = Pattern.compile(".*\\.(json|jsonl|ndjson)(\\.gz)?");
  private static final Pattern PLAIN_NAME = Pattern.compile(".*\\.txt(\\.gz)?");

  private final CorpusLines lines;
  private Kind kind;

  LineTexts(Path file) {
    this.lines = new CorpusLines(file);
    String name = file.toString();
    this.kind =
        JSON_NAME.matcher(name).matches()
            ? Kind.JSON
            : PLAIN_NAME.matcher(name).matches() ? Kind.PLAIN : Kind.OPEN;
  }

  @Override
  public Optional<String> next() {
    Optional<String> line = lines.next();
    if (line.isPresent() && kind == Kind.OPEN) {
      kind = line.get().startsWith("{") ? Kind.JSON : Kind.PLAIN;
    }
    return kind == Kind.JSON ? line.map(this::parsed) : line;
  }

  private String parsed(String line) {
    JsonNode text = BoundedJson.tree(line, lines.where(), EXPECTED).path("text");
    if (!text.isTextual()) {
      throw user("%s: has no text, expected %s", lines.where(), EXPECTED);
    }
    return text.textValue();
  }

  @Override
  public void close() {
    lines.close();
  }
}
