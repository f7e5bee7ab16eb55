package dev.piecrust.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.text.CleanText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shapes of the three answers that stages II and III ask for, and of the first of all. */
public final class Shapes {
  /** In characters; what is longer is cut. */
  public static final int LONGEST_DESCRIPTION = 2000;

  /** In characters; what is longer is cut. */
  public static final int LONGEST_TEXT = 2000;

  private static final String DESCRIPTION = "description";
  private static final String TEXT = "text";
  private static final String VERDICT = "verdict";

  /** What stands for a description where there is none. */
  private static final Pattern FORM =
      Pattern.compile(
          "\\W*((your|the|a|an|insert|here|goes|is|of|this|feature|placeholder)\\W+)*"
              + "(description|placeholder)"
              + "(\\W+(here|goes|of|the|this|feature|placeholder))*\\W*",
          Pattern.CASE_INSENSITIVE);

  private Shapes() {}

  /** Yes or no, under a name that no words ask for: who keeps to the schema alone knows it. */
  public static Shape<Boolean> verdict() {
    return new Shape<>(
        "probe",
        object(VERDICT, type("boolean")),
        "{...}",
        reply -> {
          JsonNode said = reply.path(VERDICT);
          if (!said.isBoolean()) {
            throw new BadReply("the answer does not keep to its schema");
          }
          return said.booleanValue();
        });
  }

  /** A description. */
  public static Shape<String> description() {
    return description(Echo.NONE);
  }

  /**
   * A description.
   *
   * @param echo knows those that repeat what was asked
   */
  public static Shape<String> description(Echo echo) {
    return new Shape<>(
        DESCRIPTION,
        object(DESCRIPTION, type("string")),
        "{\"description\": STRING}",
        reply -> {
          String text = text(named(reply, DESCRIPTION), DESCRIPTION, LONGEST_DESCRIPTION);
          if (text.codePoints().noneMatch(Character::isLetter)) {
            throw new BadReply("the description has no letters in it");
          }
          if (FORM.matcher(text).matches() || text.contains(Ask.FORM)) {
            throw new BadReply("the description repeats the form of the answer");
          }
          echo.refuse(DESCRIPTION, text);
          return text;
        });
  }

  /** Exactly so many texts, none of them empty. */
  public static Shape<List<String>> texts(int count) {
    return texts(count, Echo.NONE);
  }

  /**
   * Exactly so many texts, none of them empty and no two the same.
   *
   * @param echo knows those that repeat what was asked
   */
  public static Shape<List<String>> texts(int count, Echo echo) {
    return new Shape<>(
        "texts",
        object("texts", list(type("string"), count)),
        "{\"texts\": [STRING, STRING, ...]}",
        reply -> {
          JsonNode list = named(reply, "texts");
          if (!list.isArray()) {
            throw new BadReply("the list of texts is missing");
          }
          List<String> texts = new ArrayList<>();
          for (JsonNode item : list) {
            texts.add(written(item.isObject() ? item.path(TEXT) : item, texts, echo));
          }
          requireCount(texts.size(), count, "texts");
          return texts;
        });
  }

  private static String written(JsonNode value, List<String> before, Echo echo) throws BadReply {
    String text = text(value, TEXT, LONGEST_TEXT);
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      throw new BadReply("a text has neither letters nor digits in it");
    }
    if (text.contains(Ask.FORM)) {
      throw new BadReply("a text repeats the form of the answer");
    }
    if (before.contains(text)) {
      throw new BadReply("two texts are the same");
    }
    echo.refuse(TEXT, text);
    return text;
  }

  /** A rating of 0, 1 or 2 for each of so many texts. */
  public static Shape<List<Integer>> ratings(int count) {
    ObjectNode rating = type("integer");
    rating.putArray("enum").add(0).add(1).add(2);
    ObjectNode item = object("id", type("integer"));
    item.withObject("/properties").set("rating", rating);
    item.withArray("required").add("rating");
    return new Shape<>(
        "ratings",
        object("ratings", list(item, count)),
        // No JSON, so that a reply that repeats it is no rating.
        "{\"ratings\": [{\"id\": 1, \"rating\": 0|1|2}, {\"id\": 2, \"rating\": 0|1|2}, ...]}",
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

  private static ObjectNode object(String property, JsonNode schema) {
    ObjectNode object = type("object");
    object.putObject("properties").set(property, schema);
    object.putArray("required").add(property);
    return object.put("additionalProperties", false);
  }

  private static ObjectNode list(JsonNode items, int count) {
    ObjectNode list = type("array");
    list.set("items", items);
    return list.put("minItems", count).put("maxItems", count);
  }

  private static ObjectNode type(String name) {
    return Json.mapper().createObjectNode().put("type", name);
  }
}
