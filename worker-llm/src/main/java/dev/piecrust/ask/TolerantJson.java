package dev.piecrust.ask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the JSON value in a reply: alone, in a code fence, or with talk before and after it. The
 * longest object or array that can be read wins. Replies are only ever read as data, and only up to
 * a length.
 */
final class TolerantJson {
  static final int LONGEST = 200_000;
  private static final int MOST_STARTS = 200;
  private static final int DEEPEST = 20;
  private static final JsonFactory JSON = factory();

  private TolerantJson() {}

  static JsonNode read(String reply) throws BadReply {
    if (reply.isBlank()) {
      throw new BadReply("the reply is empty");
    }
    if (reply.length() > LONGEST) {
      throw new BadReply("the reply is longer than %d characters".formatted(LONGEST));
    }
    Found best = new Found(null, 0);
    int starts = 0;
    for (int at = 0; at < reply.length() && starts < MOST_STARTS; at++) {
      if (reply.charAt(at) == '{' || reply.charAt(at) == '[') {
        starts++;
        Found found = valueAt(reply, at);
        best = found.length() > best.length() ? found : best;
        at += Math.max(0, found.length() - 1);
      }
    }
    JsonNode value = best.value();
    if (value == null) {
      throw new BadReply("the reply has no complete JSON object in it");
    }
    return value;
  }

  private record Found(@Nullable JsonNode value, int length) {}

  private static Found valueAt(String reply, int at) {
    try (JsonParser parser = JSON.createParser(reply.substring(at))) {
      JsonNode value = parser.readValueAsTree();
      return new Found(value, (int) parser.currentLocation().getCharOffset());
    } catch (IOException | RuntimeException e) {
      return new Found(null, 0);
    }
  }

  private static JsonFactory factory() {
    JsonMapper mapper =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEEPEST)
                .maxStringLength(LONGEST)
                .build());
    return mapper.getFactory();
  }
}
