package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.piecrust.failure.PieCrustException;
import java.util.List;

/** Reads one line of a task file, strictly. */
final class PairLine {
  private static final List<String> KEYS =
      List.of("text_clean", "text_corr", "io_clean", "s_clean");

  private final JsonMapper mapper =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  PromptPair parse(String line, String where) {
    JsonNode object = object(line, where);
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key)) {
                throw user(
                    "%s: unknown key '%s', expected %s", where, key, String.join(", ", KEYS));
              }
            });
    List<String> values = KEYS.stream().map(key -> text(object, key, where)).toList();
    try {
      return new PromptPair(values.get(0), values.get(1), values.get(2), values.get(3));
    } catch (PieCrustException e) {
      throw new PieCrustException(e.category(), where + ": " + e.getMessage(), e);
    }
  }

  private JsonNode object(String line, String where) {
    JsonNode node;
    try {
      node = mapper.readTree(line);
    } catch (JsonProcessingException e) {
      throw user("%s: broken JSON: %s", where, firstLine(e.getOriginalMessage()));
    }
    if (!node.isObject()) {
      throw user("%s: expected a JSON object with %s", where, String.join(", ", KEYS));
    }
    return node;
  }

  private static String text(JsonNode object, String key, String where) {
    JsonNode value = object.get(key);
    if (value == null) {
      throw user("%s: key '%s' is missing, expected %s", where, key, String.join(", ", KEYS));
    }
    if (!value.isTextual()) {
      throw user("%s: %s is %s, expected a string", where, key, value);
    }
    return value.textValue();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("not JSON");
  }
}
