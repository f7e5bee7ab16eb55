package dev.piecrust.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.ask.Shape;
import dev.piecrust.ask.Shapes;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmMessage;
import dev.piecrust.llm.LlmQuestion;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.store.campaign.Checkpoints;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints keys, one a line. */
public final class KeysProcess {
  private KeysProcess() {}

  public static void main(String[] arguments) {
    keys().forEach(System.out::println);
  }

  /** What earlier releases kept keys of; nobody is asked. */
  private static final String MODEL = "gpt-4o";

  /** Of questions of all three shapes, and of what has no order of its own. */
  static List<String> keys() {
    LlmSpec llm =
        Campaigns.llm(
            LlmProviderKind.OPENAI,
            MODEL,
            Optional.of("http://127.0.0.1:1/v1"),
            LlmSchedule.REALTIME,
            3);
    return List.of(
        CacheKey.of(llm, request(Shapes.description())),
        CacheKey.of(llm, request(Shapes.texts(5))),
        CacheKey.of(llm, request(Shapes.ratings(15))),
        CacheKey.of(llm, request(unordered())),
        CacheKey.endpoint(llm),
        Checkpoints.key(Map.of("a", 1, "b", Map.of("c", 2, "d", 3, "e", 4), "f", 5, "g", 6)));
  }

  private static Shape<String> unordered() {
    Map<String, Object> rating = Map.of("type", "integer", "minimum", 0, "maximum", 2);
    Map<String, Object> schema =
        Map.of("type", "object", "properties", Map.of("rating", rating), "required", "rating");
    return new Shape<>("rating", Json.mapper().valueToTree(schema), "", JsonNode::asText);
  }

  private static LlmRequest request(Shape<?> shape) {
    return new LlmRequest(
        MODEL,
        List.of(new LlmMessage(LlmMessage.Role.USER, "Hello")),
        Optional.of(0.7),
        100,
        shape.name(),
        shape.schema(),
        new LlmQuestion.Rate("numbers", List.of("1")));
  }
}
