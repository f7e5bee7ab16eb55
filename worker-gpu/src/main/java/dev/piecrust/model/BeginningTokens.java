package dev.piecrust.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tokens of a model that may begin a text: BOS, PAD and EOS, in this order. Others that are
 * marked as special, such as {@code <unk>}, begin none.
 *
 * @param ids those that there are, the one that is put in front of prompts first
 */
record BeginningTokens(List<Integer> ids) {
  private static final String BOS = "bos";

  /**
   * Those that {@code tokenizer_config.json} names, else {@code config.json}; a user error where a
   * BOS token is named that the vocabulary does not have.
   */
  static BeginningTokens read(Path folder, Vocabulary vocabulary) {
    Set<Integer> ids = new LinkedHashSet<>();
    for (String kind : List.of(BOS, "pad", "eos")) {
      List<Integer> named = named(folder.resolve("tokenizer_config.json"), kind, vocabulary);
      ids.addAll(
          named.isEmpty() ? numbered(folder.resolve("config.json"), kind, vocabulary) : named);
    }
    return new BeginningTokens(List.copyOf(ids));
  }

  private static List<Integer> named(Path file, String kind, Vocabulary vocabulary) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    ConfigFile config = ConfigFile.read(file);
    String key = kind + "_token";
    JsonNode written = config.node().path(key);
    String token = written.isObject() ? written.path("content").asText() : config.text(key, "");
    List<Integer> ids = vocabulary.id(token).stream().toList();
    if (ids.isEmpty() && !token.isEmpty() && kind.equals(BOS)) {
      throw config.wrong(key, "a token of tokenizer.json");
    }
    return ids;
  }

  /** Some models have several EOS tokens. */
  private static List<Integer> numbered(Path file, String kind, Vocabulary vocabulary) {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    ConfigFile config = ConfigFile.read(file);
    String key = kind + "_token_id";
    JsonNode written = config.node().path(key);
    List<Integer> ids =
        (written.isArray() ? Stream.iterate(0, i -> i < written.size(), i -> i + 1) : Stream.of(-1))
            .map(i -> i < 0 ? written.asInt(-1) : written.path(i).asInt(-1))
            .filter(id -> id >= 0)
            .toList();
    if (kind.equals(BOS) && ids.stream().anyMatch(id -> id >= vocabulary.size())) {
      throw config.wrong(key, "a token of tokenizer.json");
    }
    return ids.stream().filter(id -> id < vocabulary.size()).toList();
  }

  /** The one that is put in front of prompts. */
  OptionalInt first() {
    return ids.stream().mapToInt(Integer::intValue).findFirst();
  }

  boolean isOne(int id) {
    return ids.contains(id);
  }
}
