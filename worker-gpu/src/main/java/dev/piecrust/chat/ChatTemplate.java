package dev.piecrust.chat;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.input.InputFile;
import dev.piecrust.model.ConfigFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a tokenizer writes a conversation (docs/method.md §2): the {@code chat_template.jinja} of its
 * folder, else the {@code chat_template} of its {@code tokenizer_config.json}.
 */
public final class ChatTemplate {
  private static final String OWN_FILE = "chat_template.jinja";
  private static final String KEY = "chat_template";

  private final Template template;
  private final Map<String, Object> specials;

  private ChatTemplate(Template template, Map<String, Object> specials) {
    this.template = template;
    this.specials = specials;
  }

  /** Reads the template of a model's folder; a user error where there is none. */
  public static ChatTemplate read(Path folder) {
    Path own = folder.resolve(OWN_FILE);
    Path settings = folder.resolve("tokenizer_config.json");
    Map<String, Object> specials = new LinkedHashMap<>();
    String name = own.toString();
    String source = "";
    if (Files.isRegularFile(settings)) {
      ConfigFile config = ConfigFile.read(settings);
      for (Map.Entry<String, JsonNode> entry : config.node().properties()) {
        JsonNode token = entry.getValue();
        JsonNode text = token.isObject() ? token.path("content") : token;
        if (entry.getKey().endsWith("_token") && text.isTextual()) {
          specials.put(entry.getKey(), text.textValue());
        }
      }
      name = settings + " chat_template";
      source = ofSettings(config);
    }
    if (Files.isRegularFile(own)) {
      name = own.toString();
      source = new InputFile(own, name, "a chat template").text(InputFile.SMALL);
    }
    if (source.isBlank()) {
      throw user(
          "%s: has no chat template, expected %s or the key %s in tokenizer_config.json",
          folder, OWN_FILE, KEY);
    }
    return new ChatTemplate(Template.read(name, source), specials);
  }

  /** Some tokenizers have several by name; the one called default is meant. */
  private static String ofSettings(ConfigFile config) {
    JsonNode found = config.node().path(KEY);
    if (found.isArray()) {
      for (JsonNode one : found) {
        if (one.path("name").asText().equals("default")) {
          return one.path("template").asText();
        }
      }
      throw config.wrong(KEY, "one called default");
    }
    return config.text(KEY, "");
  }

  /**
   * What the model reads before it answers: a user's turn, and the beginning of the assistant's,
   * special tokens written out. A model that thinks before it answers is asked not to, where its
   * template can.
   *
   * @throws dev.piecrust.failure.PieCrustException of category user where the template has
   *     something that is not read, or refuses the conversation
   */
  public String prompt(String userText) {
    Map<String, Object> values = new LinkedHashMap<>(specials);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", "user");
    message.put("content", userText);
    values.put("messages", List.of(message));
    values.put("tools", Nothing.NONE);
    values.put("documents", Nothing.NONE);
    values.put("add_generation_prompt", true);
    values.put("enable_thinking", false);
    return template.render(values);
  }
}
