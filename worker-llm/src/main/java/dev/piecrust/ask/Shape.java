package dev.piecrust.ask;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The shape that an answer must have.
 *
 * @param name names it to providers with structured output
 * @param schema JSON schema of it
 * @param example what an answer looks like, for models that are only told
 */
public record Shape<T>(String name, JsonNode schema, String example, Reading<T> reading) {
  /** Reads an answer. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Never trusts: a value that is not wholly what was asked for is refused. */
    T read(JsonNode reply) throws BadReply;
  }

  /** Reads a reply as it came. */
  public T read(String reply) throws BadReply {
    return reading.read(TolerantJson.read(reply));
  }
}
