package dev.piecrust.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;

/**
 * The one JSON set-up of the program: optionals as values or {@code null}, instants as ISO text.
 */
public final class Json {
  private static final ObjectMapper MAPPER = common().build();

  private static final ObjectMapper CANONICAL =
      common()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
          .build();

  private static final ObjectWriter LINES =
      MAPPER.writer(
          new DefaultPrettyPrinter()
              .withObjectIndenter(new DefaultIndenter("  ", "\n"))
              .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance));

  private Json() {}

  /** Java 17 writes some floating-point numbers longer than later releases; Jackson does not. */
  private static JsonMapper.Builder common() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** The shared mapper; it must not be configured further. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The value as one line of JSON. */
  public static String write(Object value) {
    return write(MAPPER, value);
  }

  /** The value as JSON of several lines for people, with a line feed at the end of each. */
  public static String lines(Object value) {
    return write(LINES, value) + "\n";
  }

  /**
   * The value as one line of JSON that is the same in every process: maps and JSON objects are
   * sorted by their keys at every level, and records keep the order of their components. Whatever
   * is hashed or compared is written so; the order of a {@code Map.of} changes with the process.
   */
  public static String canonical(Object value) {
    return write(CANONICAL, value);
  }

  /** The value as a tree whose objects are sorted by their keys. */
  public static JsonNode sortedTree(Object value) {
    return CANONICAL.valueToTree(value);
  }

  private static String write(ObjectMapper mapper, Object value) {
    return write(mapper.writer(), value);
  }

  private static String write(ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new PieCrustException(
          FailureCategory.INTERNAL,
          "a %s could not be written as JSON".formatted(value.getClass().getSimpleName()),
          e);
    }
  }

  /** Reads JSON that this program wrote; {@code what} names it in the error. */
  public static <T> T read(String json, Class<T> type, String what) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new PieCrustException(
          FailureCategory.INTERNAL,
          "%s could not be read: %s".formatted(what, e.getOriginalMessage()),
          e);
    }
  }
}
