package dev.piecrust.price;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Quote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of LiteLLM's list of prices ({@code model_prices_and_context_window.json}).
 *
 * @param models whose prices were taken
 * @param others models that write no text, such as those for images, which were left
 * @param broken entries without a usable price, with what is wrong
 */
public record PriceImport(int models, int others, List<String> broken) {
  private static final Set<String> TEXT = Set.of("chat", "completion", "responses");

  /** The ledger's names have so many characters. */
  private static final int LONGEST_NAME = 200;

  /**
   * Takes the prices of a list into the user's own file, which is there whole or not at all.
   *
   * @param list LiteLLM's file
   * @param own the user's file, which need not be there yet; what it says of other models stays
   * @param asOf the list's day
   * @throws PieCrustException a user error where either cannot be read; then nothing is written
   */
  public static PriceImport take(Path list, Path own, LocalDate asOf) {
    JsonNode listed = PriceJson.tree(list);
    if (!listed.isObject()) {
      throw user(
          "prices %s: is %s, expected LiteLLM's list, a JSON object of models",
          list, listed.isMissingNode() ? "empty" : Quote.value(listed));
    }
    boolean there = Files.exists(own);
    PriceTable known = there ? PriceTable.load(Optional.of(own)) : PriceTable.shipped();
    ObjectNode merged =
        there
            ? (ObjectNode) PriceJson.tree(own)
            : Json.mapper().createObjectNode().put("version", "own").put("date", asOf.toString());
    PriceImport done = merge(listed, merged, known, asOf);
    if (done.models == 0) {
      throw user(
          "prices %s: holds no model with %s, expected LiteLLM's"
              + " model_prices_and_context_window.json",
          list, "input_cost_per_token and output_cost_per_token");
    }
    PriceFile.read(merged, own.toString());
    write(merged, own);
    return done;
  }

  private static PriceImport merge(
      JsonNode listed, ObjectNode merged, PriceTable known, LocalDate asOf) {
    int models = 0;
    int others = 0;
    List<String> broken = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : listed.properties()) {
      JsonNode node = field.getValue();
      if (field.getKey().equals("sample_spec")) {
        continue; // the list's own explanation of its fields
      }
      if (node.isObject() && !TEXT.contains(node.path("mode").asText("chat"))) {
        others++;
        continue;
      }
      try {
        add(field.getKey(), node, merged, known, asOf);
        models++;
      } catch (LiteLlmEntry.Broken e) {
        broken.add(String.valueOf(e.getMessage()));
      }
    }
    return new PriceImport(models, others, List.copyOf(broken));
  }

  private static void add(
      String key, JsonNode node, ObjectNode merged, PriceTable known, LocalDate asOf)
      throws LiteLlmEntry.Broken {
    String provider = node.path("litellm_provider").asText("");
    if (!named(key)) {
      throw new LiteLlmEntry.Broken(PriceJson.shown(key) + " is no name of a model");
    }
    if (!named(provider)) {
      throw new LiteLlmEntry.Broken(PriceJson.shown(key) + " has no litellm_provider");
    }
    String prefix = provider + "/";
    String model = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    ObjectNode entry = LiteLlmEntry.read(key, node, known.listed(provider, model));
    entry.put("as_of", asOf.toString());
    entry.put("source", "LiteLLM's list");
    models(merged, provider).set(model, entry);
  }

  private static ObjectNode models(ObjectNode merged, String provider) {
    ObjectNode models =
        merged.get("models") instanceof ObjectNode there ? there : merged.putObject("models");
    return models.get(provider) instanceof ObjectNode there ? there : models.putObject(provider);
  }

  private static boolean named(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST_NAME
        && name.chars().noneMatch(Character::isISOControl);
  }

  private static void write(JsonNode merged, Path own) {
    Path fresh = own.resolveSibling(own.getFileName() + ".new");
    try {
      Files.createDirectories(own.toAbsolutePath().getParent());
      Files.write(
          fresh,
          Json.mapper()
              .writer()
              .with(SerializationFeature.INDENT_OUTPUT)
              .with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
              .writeValueAsBytes(merged));
      Files.move(fresh, own, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw PieCrustException.external(own + " cannot be written", e);
    }
  }
}
