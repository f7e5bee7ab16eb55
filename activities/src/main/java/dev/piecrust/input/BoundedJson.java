package dev.piecrust.input;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.Reader;

/** Reads JSON that others wrote, without letting it fill the memory. */
public final class BoundedJson {
  /** As a tree they take some 200 MB at worst; what is larger than that is read as a stream. */
  private static final long TOKENS = 2_000_000;

  /** No file that is read here nests its values deeper than a tenth of that. */
  private static final int DEPTH = 100;

  private static final JsonMapper MAPPER =
      mapper(TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** A vocabulary of a million tokens with its merges, which nobody makes a tree of. */
  private static final JsonMapper LONG = mapper(20 * TOKENS).build();

  private BoundedJson() {}

  private static JsonMapper.Builder mapper(long tokens) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxTokenCount(tokens)
            .maxNestingDepth(DEPTH)
            .maxStringLength((int) InputFile.WHOLE)
            .build();
    return JsonMapper.builder(
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build());
  }

  /**
   * The value that a text is. One that is no JSON value, has a key twice, or is larger or nested
   * deeper than anything that is read here is a user error.
   *
   * @param where names the text
   * @param expected what it should be
   */
  public static JsonNode tree(String text, String where, String expected) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (!node.isMissingNode()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      String fault = text.indexOf('\n') < 0 ? fault(e, "at") : fault(e);
      throw user("%s: %s, expected %s", where, fault, expected);
    }
    throw user("%s: is not valid JSON, expected %s", where, expected);
  }

  /**
   * Reads one JSON value without a key twice, of which a tree fits any memory; what is more is an
   * error of the parser.
   */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** What is wrong with a text and where, in our own words: the parser's quote it. */
  public static String fault(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return at == null ? what(e) : fault(e, "at line %d,".formatted(at.getLineNr()));
  }

  private static String fault(JsonProcessingException e, String line) {
    JsonLocation at = e.getLocation();
    return at == null || at.getLineNr() < 1
        ? what(e)
        : "%s %s column %d".formatted(what(e), line, at.getColumnNr());
  }

  private static String what(JsonProcessingException e) {
    if (e instanceof StreamConstraintsException) {
      return "is too large or nested too deeply";
    }
    return String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")
        ? "has a key twice in one object"
        : "is not valid JSON";
  }

  /** The value at which a parser of this class is, as a tree. */
  public static JsonNode next(JsonParser parser) throws IOException {
    return MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).readTree(parser);
  }

  /**
   * The value at which a long text's parser is, as a tree; one of more nodes than that is an error
   * of the parser.
   */
  public static JsonNode small(JsonParser parser, int most) throws IOException {
    TokenBuffer copied = new TokenBuffer(MAPPER, false);
    int depth = 0;
    int left = most;
    do {
      JsonToken token = parser.currentToken();
      if (token == null || left-- == 0) {
        throw new StreamConstraintsException("too many values");
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      copied.copyCurrentEvent(parser);
      if (depth > 0) {
        parser.nextToken();
      }
    } while (depth > 0);
    return next(copied.asParser());
  }

  /** A reader of a long text, value by value; each value is read as a tree by itself. */
  public static JsonParser parser(Reader text) throws IOException {
    return LONG.createParser(text);
  }
}
