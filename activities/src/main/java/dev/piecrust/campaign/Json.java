package dev.piecrust.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;

/**
 * The one JSON set-up of the program: optionals as values or {@code null}, instants as ISO text.
 */
public final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /** The shared mapper; it must not be configured further. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The value as one line of JSON. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
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
