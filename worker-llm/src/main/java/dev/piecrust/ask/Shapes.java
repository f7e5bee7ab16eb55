package dev.piecrust.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shapes of the three answers that stages II and III ask for. */
public final class Shapes {
  /** In characters; what is longer is cut. */
  public static final int LONGEST_DESCRIPTION = 2000;

  /** In characters; what is longer is cut. */
  public static final int LONGEST_TEXT = 2000;

  private Shapes() {}

  /** A description. */
  public static Shape<String> description() {
    return new Shape<>(
        "description",
        object("description", Map.of("type", "string")),
        "{\"description\": \"...\"}",
        reply -> text(named(reply, "description"), "description", LONGEST_DESCRIPTION));
  }

  /** Exactly so many texts, none of them empty. */
  public static Shape<List<String>> texts(int count) {
    return new Shape<>(
        "texts",
        object("texts", Map.of("type", "array", "items", Map.of("type", "string"))),
        "{\"texts\": [\"...\", \"...\"]}",
        reply -> {
          JsonNode list = named(reply, "texts");
          if (!list.isArray()) {
            throw new BadReply("the list of texts is missing");
          }
          List<String> texts = new ArrayList<>();
          for (JsonNode item : list) {
            texts.add(text(item.isObject() ? item.path("text") : item, "text", LONGEST_TEXT));
          }
          requireCount(texts.size(), count, "texts");
          return texts;
        });
  }

  /** A rating of 0, 1 or 2 for each of so many texts. */
  public static Shape<List<Integer>> ratings(int count) {
    Map<String, Object> rating =
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(
                "id",
                Map.of("type", "integer"),
                "rating",
                Map.of("type", "integer", "enum", List.of(0, 1, 2))),
            "required",
            List.of("id", "rating"),
            "additionalProperties",
            false);
    return new Shape<>(
        "ratings",
        object("ratings", Map.of("type", "array", "items", rating)),
        "{\"ratings\": [{\"id\": 1, \"rating\": 0}, {\"id\": 2, \"rating\": 2}]}",
        reply -> ratings(reply, count));
  }

  /** As {@code [{id, rating}]}, as {@code {id: rating}} or as a bare list in order. */
  private static List<Integer> ratings(JsonNode reply, int count) throws BadReply {
    JsonNode named = named(reply, "ratings");
    Map<Integer, Integer> byId = new HashMap<>();
    int position = 0;
    if (named.isObject()) {
      for (Map.Entry<String, JsonNode> entry : named.properties()) {
        put(byId, integer(Json.mapper().valueToTree(entry.getKey())), entry.getValue());
      }
    } else {
      for (JsonNode item : named) {
        position++;
        boolean keyed = item.isObject();
        put(byId, keyed ? integer(item.path("id")) : position, keyed ? item.path("rating") : item);
      }
    }
    requireCount(byId.size(), count, "ratings");
    List<Integer> ratings = new ArrayList<>();
    for (int id = 1; id <= count; id++) {
      Integer rating = byId.get(id);
      if (rating == null) {
        throw new BadReply("the rating of text %d is missing".formatted(id));
      }
      ratings.add(rating);
    }
    return ratings;
  }

  private static void put(Map<Integer, Integer> byId, int id, JsonNode value) throws BadReply {
    int rating = integer(value);
    if (rating < 0 || rating > 2) {
      throw new BadReply("a rating is not 0, 1 or 2");
    }
    if (byId.put(id, rating) != null) {
      throw new BadReply("a text is rated twice");
    }
  }

  private static int integer(JsonNode value) throws BadReply {
    String digits = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
    if (digits.matches("-?\\d{1,6}(\\.0+)?")) {
      return (int) Double.parseDouble(digits);
    }
    throw new BadReply("an id or a rating is not a whole number");
  }

  private static String text(JsonNode value, String what, int longest) throws BadReply {
    if (!value.isTextual()) {
      throw new BadReply("the %s is missing or not a string".formatted(what));
    }
    String text = CleanText.of(value.asText(), longest);
    if (text.isEmpty()) {
      throw new BadReply("the %s is empty".formatted(what));
    }
    return text;
  }

  /** The named property, of the reply or of the one object in a list; else the reply itself. */
  private static JsonNode named(JsonNode reply, String name) {
    JsonNode object = reply.isArray() && reply.size() == 1 ? reply.get(0) : reply;
    return object.has(name) ? object.get(name) : reply;
  }

  private static void requireCount(int is, int expected, String what) throws BadReply {
    if (is != expected) {
      throw new BadReply("there are %d %s, expected %d".formatted(is, what, expected));
    }
  }

  private static JsonNode object(String property, Object schema) {
    return Json.sortedTree(
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(property, schema),
            "required",
            List.of(property),
            "additionalProperties",
            false));
  }
}
