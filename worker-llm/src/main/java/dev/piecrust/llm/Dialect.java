package dev.piecrust.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of the requests that differ between endpoints this one understands. It is learnt: where an
 * endpoint refuses one, the next simpler is tried with the next call.
 *
 * @param formats how the answer's shape is asked for now, and what is tried next where that is
 *     refused
 * @param completionTokens whether the limit is called {@code max_completion_tokens}, as OpenAI's
 *     own API has it, or {@code max_tokens}, as most others do
 * @param limitSettled whether the other name was tried already
 * @param temperature whether it takes one, where the spec has one
 */
public record Dialect(
    List<Format> formats, boolean completionTokens, boolean limitSettled, boolean temperature) {
  /** How the answer's shape is asked for. */
  public enum Format {
    /** With a JSON schema that says, too, how long its lists are. */
    BOUNDED_SCHEMA,
    /** With a JSON schema in the keywords that all endpoints with schemas understand. */
    SCHEMA,
    /** JSON of any shape. */
    OBJECT,
    /** In words alone. */
    WORDS
  }

  /** Bounds of lists, which some endpoints refuse in a strict schema. */
  private static final List<String> BOUNDS = List.of("minItems", "maxItems");

  /** What it means that a request is wrong; servers differ in which of the two they send. */
  private static final List<Integer> WRONG_REQUEST = List.of(400, 422);

  public Dialect {
    formats = List.copyOf(formats);
  }

  /** What an endpoint that speaks OpenAI's language is asked in first. */
  static Dialect openAi(boolean completionTokens, String model) {
    return new Dialect(
        List.of(Format.values()), completionTokens, false, !RequestShape.refusesTemperature(model));
  }

  /** Anthropic's own API bounds no lists, and has no JSON without a schema. */
  static Dialect anthropic(String model) {
    return new Dialect(
        List.of(Format.SCHEMA, Format.WORDS),
        false,
        false,
        !RequestShape.refusesTemperature(model));
  }

  Format format() {
    return formats.get(0);
  }

  /**
   * What to try next where a request is refused. A status that says that the request is wrong may
   * be about its format whatever its words are: servers pass on the words of other servers, or none
   * at all.
   */
  Optional<Dialect> after(int status, String refusal) {
    String said = refusal.toLowerCase(Locale.ROOT);
    if (said.contains("max_tokens") || said.contains("max_completion_tokens")) {
      boolean named = said.contains(completionTokens ? "max_completion_tokens" : "max_tokens");
      if (named && !limitSettled) {
        return Optional.of(new Dialect(formats, !completionTokens, true, temperature));
      }
    }
    if (temperature && said.contains("temperature")) {
      return Optional.of(new Dialect(formats, completionTokens, limitSettled, false));
    }
    boolean aboutFormat =
        said.contains("format")
            || said.contains("schema")
            || said.contains("json")
            || said.contains("output_config");
    return (aboutFormat || WRONG_REQUEST.contains(status)) && formats.size() > 1
        ? Optional.of(
            new Dialect(
                formats.subList(1, formats.size()), completionTokens, limitSettled, temperature))
        : Optional.empty();
  }

  /** A schema without bounds of lists. */
  public static JsonNode unbounded(JsonNode schema) {
    JsonNode copy = schema.deepCopy();
    copy.findParents(BOUNDS.get(0)).forEach(list -> ((ObjectNode) list).remove(BOUNDS));
    return copy;
  }
}
