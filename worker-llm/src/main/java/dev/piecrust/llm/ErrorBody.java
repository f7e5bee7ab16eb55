package dev.piecrust.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the body of an error says, however servers put it: {@code error.message}, {@code error},
 * {@code message}, {@code detail} as a string or as FastAPI's list, plain text, or a page's title.
 */
public final class ErrorBody {
  /** In characters; what is longer is cut. */
  private static final int LONGEST = 300;

  private static final int DEEPEST = 4;

  /** Where servers put their words, the most telling first. */
  private static final List<String> NAMES =
      List.of("error", "message", "detail", "errors", "msg", "error_description", "title");

  private static final Pattern TITLE =
      Pattern.compile("<(title|h1)[^>]*>(.*?)</\\1>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private ErrorBody() {}

  /** One line of the server's own words; empty where it has none. */
  public static String words(String body) {
    String line = line(said(body.strip()));
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }

  /** An address without what may be secret in it: name, password and query. */
  public static String address(String url) {
    return url.replaceFirst("[?#].*$", "").replaceFirst("//[^/@]*@", "//");
  }

  private static String said(String body) {
    if (body.startsWith("<")) {
      return title(body);
    }
    if (!body.startsWith("{") && !body.startsWith("[") && !body.startsWith("\"")) {
      return body;
    }
    try {
      return find(Json.mapper().readTree(body), DEEPEST);
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  private static String find(JsonNode node, int deep) {
    if (node.isTextual() || deep == 0) {
      return node.asText().strip();
    }
    if (node.isArray()) {
      List<String> parts = new ArrayList<>();
      node.forEach(part -> parts.add(find(part, deep - 1)));
      parts.removeIf(String::isEmpty);
      return String.join("; ", parts);
    }
    for (String name : NAMES) {
      String words = find(node.path(name), deep - 1);
      if (!words.isEmpty()) {
        return place(node) + words + more(node, name, words);
      }
    }
    return "";
  }

  /** FastAPI names the field that is wrong beside what is wrong with it. */
  private static String place(JsonNode node) {
    List<String> steps = new ArrayList<>();
    if (node.path("loc").isArray()) {
      node.path("loc").forEach(step -> steps.add(step.asText()));
    }
    return steps.isEmpty() ? "" : String.join(".", steps) + ": ";
  }

  /** Where {@code error} is a mere name, such as "Bad Request", the sentence is beside it. */
  private static String more(JsonNode node, String name, String words) {
    if (!name.equals("error") || !node.path(name).isTextual()) {
      return "";
    }
    JsonNode message = node.path("message");
    return message.isTextual() && !message.asText().strip().equals(words)
        ? ": " + message.asText().strip()
        : "";
  }

  private static String title(String page) {
    Matcher title = TITLE.matcher(page);
    return title.find() ? "a page titled " + title.group(2).replaceAll("<[^>]*>", " ") : "a page";
  }

  /** Without control and format characters and line breaks, which do not belong in a sentence. */
  private static String line(String text) {
    return text.replaceAll("[\\p{C}\\s]+", " ").strip();
  }
}
