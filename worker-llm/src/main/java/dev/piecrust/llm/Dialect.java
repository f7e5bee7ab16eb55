package dev.piecrust.llm;

import java.util.Locale;
import java.util.Optional;

/**
 * Which of the requests that differ between endpoints this one understands. It is learnt: where an
 * endpoint refuses one, the next simpler is tried with the next call.
 *
 * @param format how the answer's shape is asked for
 * @param completionTokens whether the limit is called {@code max_completion_tokens}, as OpenAI's
 *     own API has it, or {@code max_tokens}, as most others do
 * @param limitSettled whether the other name was tried already
 */
record Dialect(Format format, boolean completionTokens, boolean limitSettled) {
  /** How the answer's shape is asked for. */
  enum Format {
    /** With a JSON schema. */
    SCHEMA,
    /** JSON of any shape. */
    OBJECT,
    /** In words alone. */
    WORDS
  }

  static Dialect first(boolean completionTokens) {
    return new Dialect(Format.SCHEMA, completionTokens, false);
  }

  /** What to try next, where a refusal is about how this was said. */
  Optional<Dialect> after(String refusal) {
    String said = refusal.toLowerCase(Locale.ROOT);
    if (said.contains("max_tokens") || said.contains("max_completion_tokens")) {
      boolean named = said.contains(completionTokens ? "max_completion_tokens" : "max_tokens");
      return named && !limitSettled
          ? Optional.of(new Dialect(format, !completionTokens, true))
          : Optional.empty();
    }
    boolean aboutFormat =
        said.contains("format")
            || said.contains("schema")
            || said.contains("json")
            || said.contains("output_config");
    if (!aboutFormat || format == Format.WORDS) {
      return Optional.empty();
    }
    return Optional.of(
        new Dialect(
            format == Format.SCHEMA ? Format.OBJECT : Format.WORDS,
            completionTokens,
            limitSettled));
  }
}
